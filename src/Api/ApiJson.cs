using System.Text.Json;
using System.Text.Json.Serialization;
using InferenceBroker.Api.Admin;
using InferenceBroker.Api.Jobs;
using InferenceBroker.Api.Models;
using InferenceBroker.Api.Root;

namespace InferenceBroker.Api;

/// <summary>Source-generated JSON of the plain answers and requests; jobs and events are written by hand.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(RootAnswer))]
[JsonSerializable(typeof(JobTokenAnswer))]
[JsonSerializable(typeof(DeletedAnswer))]
[JsonSerializable(typeof(ModelAnswer))]
[JsonSerializable(typeof(ModelListAnswer))]
[JsonSerializable(typeof(TenantRequest))]
[JsonSerializable(typeof(TenantAnswer))]
[JsonSerializable(typeof(ListAnswer<TenantAnswer>))]
[JsonSerializable(typeof(TenantChange))]
[JsonSerializable(typeof(KeyRequest))]
[JsonSerializable(typeof(KeyChange))]
[JsonSerializable(typeof(KeyAnswer))]
[JsonSerializable(typeof(ListAnswer<KeyAnswer>))]
[JsonSerializable(typeof(ControlRequest))]
[JsonSerializable(typeof(ControlAnswer))]
[JsonSerializable(typeof(ListAnswer<ControlAnswer>))]
[JsonSerializable(typeof(ListAnswer<ProviderAnswer>))]
[JsonSerializable(typeof(RoutesAnswer))]
internal sealed partial class ApiJson : JsonSerializerContext;
