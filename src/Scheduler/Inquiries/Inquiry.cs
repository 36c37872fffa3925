using System.Text.Json.Serialization.Metadata;
using InferenceBroker.Contracts.Inquiries;

namespace InferenceBroker.Scheduler.Inquiries;

/// <summary>For the dispatch loop: somebody asks.</summary>
/// <param name="Look">Makes the answer from what the memory holds now: plain data, so that it can be written elsewhere.</param>
internal sealed record Inquiry(LeaderAsked Asked, Func<IPlacementReport, DateTimeOffset, object> Look, JsonTypeInfo AnswerType);
