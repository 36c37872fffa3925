namespace InferenceBroker.Providers.OpenAI;

/// <summary>How the pieces of a member are put together.</summary>
internal enum MergedValueKind
{
    Scalar,
    Text,
    Array,
    Object,
    Items,
}
