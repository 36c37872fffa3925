namespace InferenceBroker.Providers.OpenAI;

/// <summary>Which time limit runs.</summary>
internal enum CallLimit
{
    FirstToken,
    Idle,
    Total,
}
