namespace InferenceBroker.Standalone.Tests.Fakes;

internal static class Lines
{
    public static string Chat(string customId, string text = "hello", string model = "gpt-4o-mini") =>
        $$$"""{"custom_id":"{{{customId}}}","method":"POST","url":"/v1/chat/completions","body":{"model":"{{{model}}}","messages":[{"role":"user","content":"{{{text}}}"}]}}""";
}
