namespace InferenceBroker.Api.Submission;

/// <summary>What stands in an input field (<c>messages</c>, <c>prompt</c>, <c>input</c>) of a request.</summary>
internal enum InputKind
{
    Absent,
    Empty,
    Text,
    Items,
    Wrong,
}
