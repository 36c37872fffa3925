namespace InferenceBroker.Standalone.Run.Input;

/// <summary>The codes of invalid lines, as OpenAI's batch validation names them. Scripts depend on them.</summary>
internal static class LineFaultCodes
{
    public const string InvalidJsonLine = "invalid_json_line";
    public const string LineTooLong = "line_too_long";
    public const string MissingRequiredParameter = "missing_required_parameter";
    public const string InvalidParameter = "invalid_parameter";
    public const string InvalidMethod = "invalid_method";
    public const string InvalidUrl = "invalid_url";
    public const string DuplicateCustomId = "duplicate_custom_id";
    public const string ModelNotFound = "model_not_found";
}
