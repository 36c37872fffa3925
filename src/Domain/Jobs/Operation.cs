namespace InferenceBroker.Domain.Jobs;

/// <summary>Which OpenAI route a job's body is written for. The stored numbers are never changed.</summary>
public enum Operation : short
{
    ChatCompletions = 0,
    Completions = 1,
    Embeddings = 2,
    Responses = 3,
    Messages = 4,
}
