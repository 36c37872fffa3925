namespace InferenceBroker.Providers.OpenAI;

/// <summary>Bytes of a body that others take the place of.</summary>
internal readonly record struct BodyEdit(int Start, int Length, byte[] Text);
