namespace InferenceBroker.Api.Submission;

/// <summary>
/// Works out which bytes to remove so that an object without one of its fields is still JSON: the field with the comma before it, or, for the
/// first field, with everything up to the next field's name (or the closing brace).
/// </summary>
/// <param name="afterBrace">The position after the object's opening brace.</param>
internal struct CutState(int afterBrace)
{
    private readonly int _afterBrace = afterBrace;
    private int _previousEnd = afterBrace;
    private int _fieldStart;
    private bool _cutting;
    private bool _cuttingFirst;

    public ByteRange? Range { get; private set; }

    /// <summary>A field's name, or the closing brace, starts here.</summary>
    public void NextField(int start)
    {
        _fieldStart = start;
        if (_cuttingFirst)
        {
            Range = Range!.Value with { End = start };
            _cuttingFirst = false;
        }
    }

    /// <summary>The field that has just begun is to be cut. False: one was cut already.</summary>
    public bool Begin()
    {
        if (Range is not null || _cutting)
        {
            return false;
        }

        _cutting = true;
        return true;
    }

    public void FieldEnded(int end)
    {
        if (_cutting)
        {
            _cuttingFirst = _previousEnd == _afterBrace;
            Range = new ByteRange(_cuttingFirst ? _fieldStart : _previousEnd, end);
            _cutting = false;
        }

        _previousEnd = end;
    }
}
