using System.Text;

namespace InferenceBroker.Providers.Simulated;

/// <summary>What a simulated model says. Only characters that JSON does not escape.</summary>
internal static class SimulatedSentences
{
    private static readonly string[] Texts =
    [
        "The short answer is yes, with two conditions that are easy to check.",
        "Start with the smallest case that still shows the effect, then add one thing at a time.",
        "Most of the cost comes from the first step, so that is where a change pays off.",
        "Both readings are possible, but the second one fits the later paragraphs better.",
        "A table with three columns is enough here: the item, its owner and the date.",
        "The figures for spring are higher because the reporting period was longer.",
        "In practice, the simpler method wins unless the input is very large.",
        "Please note that this depends on the version that is installed.",
        "First collect the facts, then sort them by age, and only then draw a conclusion.",
        "The main risk is not the price but the time that a return would take.",
        "That sentence is correct, though it can be said in half as many words.",
        "Two of the five samples differ, and both were taken on the same day.",
        "It helps to write the question down before looking at the data.",
        "The older results agree with this, within the error that was stated.",
        "If nothing changes, the present capacity lasts until the end of the year.",
        "There is one exception, and it is described in the last section.",
    ];

    /// <summary>Every sentence as its words, each with the blank before it.</summary>
    public static byte[][][] Words { get; } =
    [.. Texts.Select(text => text.Split(' ').Select(word => Encoding.UTF8.GetBytes(" " + word)).ToArray())];
}
