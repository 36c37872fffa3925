namespace InferenceBroker.Api.Models;

/// <param name="Patterns">Routes such as <c>gpt-*</c>: every model that matches one can be asked for.</param>
internal sealed record ModelListAnswer(string Object, IReadOnlyList<ModelAnswer> Data, IReadOnlyList<string> Patterns);
