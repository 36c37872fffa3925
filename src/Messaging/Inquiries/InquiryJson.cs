using System.Text.Json.Serialization;
using InferenceBroker.Contracts.Inquiries;

namespace InferenceBroker.Messaging.Inquiries;

/// <summary>Questions and answers as JSON: in the names of the HTTP API, since it passes parts of them on.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(JobsQuestion))]
[JsonSerializable(typeof(RequestQuestion))]
[JsonSerializable(typeof(WaitingJobs))]
[JsonSerializable(typeof(JobPlacement))]
[JsonSerializable(typeof(RequestPlacement))]
[JsonSerializable(typeof(EndpointStates))]
public sealed partial class InquiryJson : JsonSerializerContext;
