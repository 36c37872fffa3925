using System.Globalization;
using System.Text;

namespace InferenceBroker.Load.Measuring;

/// <summary>Request bodies of a given size, each with its own prompt.</summary>
internal static class Prompts
{
    private const string Words = "Please summarise the following ticket in two sentences and name the product area it belongs to. ";

    public static byte[] Chat(string model, int number, int promptBytes, bool stream = false)
    {
        var prompt = new StringBuilder(promptBytes + Words.Length);
        prompt.Append(CultureInfo.InvariantCulture, $"Ticket {number}: ");
        while (prompt.Length < promptBytes)
        {
            prompt.Append(Words);
        }

        prompt.Length = promptBytes;
        var streaming = stream ? ",\"stream\":true" : "";
        return Encoding.UTF8.GetBytes(
            $$"""{"model":"{{model}}","messages":[{"role":"user","content":"{{prompt}}"}],"max_tokens":64{{streaming}}}"""
        );
    }
}
