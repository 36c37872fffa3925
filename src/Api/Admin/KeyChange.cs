using System.Text.Json;

namespace InferenceBroker.Api.Admin;

/// <param name="Limits">See <see cref="LimitsReader"/>.</param>
internal sealed record KeyChange(JsonElement Limits) : AdminRequest;
