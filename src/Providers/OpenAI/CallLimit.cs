namespace InferenceBroker.Providers.OpenAI;

/// <summary>Names a time limit of a call.</summary>
internal enum CallLimit
{
    Connect,
    FirstToken,
    Idle,
    Total,
}
