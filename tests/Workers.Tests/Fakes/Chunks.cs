namespace InferenceBroker.Workers.Tests.Fakes;

internal static class Chunks
{
    public const string Role = """{"choices":[{"index":0,"delta":{"role":"assistant","content":""}}]}""";

    public static string Text(string text) =>
        """{"choices":[{"index":0,"delta":{"content":"TEXT"}}]}""".Replace("TEXT", text, StringComparison.Ordinal);
}
