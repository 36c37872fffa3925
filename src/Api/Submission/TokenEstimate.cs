using InferenceBroker.Domain.Jobs;

namespace InferenceBroker.Api.Submission;

/// <summary>A cheap guess at a job's tokens, reserved until the real usage is known.</summary>
internal static class TokenEstimate
{
    /// <summary>About right for English; the tokenizer costs more time than the whole submit has.</summary>
    private const int BytesPerToken = 4;
    private const int UnknownOutput = 4096;
    private const int LeastOutput = 256;

    public static int Input(int bodyBytes) => Math.Max(1, bodyBytes / BytesPerToken);

    public static int Output(Operation operation, int? maxOutputTokens) =>
        operation == Operation.Embeddings ? 0 : Math.Max(LeastOutput, maxOutputTokens ?? UnknownOutput);
}
