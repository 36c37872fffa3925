namespace InferenceBroker.Persistence.Jobs;

/// <summary>The error of a job that ended without an answer, in the shape of an OpenAI error. Holds no prompt and no key.</summary>
public sealed record JobFailure(string Code, string Message, string Type, string? Param);
