using InferenceBroker.Contracts.Inquiries;

namespace InferenceBroker.Messaging.Inquiries;

/// <summary>What a leader can be asked.</summary>
public static class InquiryKinds
{
    /// <summary><see cref="JobsQuestion"/> → <see cref="WaitingJobs"/>.</summary>
    public const string Waiting = "waiting";

    /// <summary><see cref="JobsQuestion"/> with one job → <see cref="JobPlacement"/>.</summary>
    public const string ExplainJob = "explain-job";

    /// <summary><see cref="RequestQuestion"/> → <see cref="RequestPlacement"/>.</summary>
    public const string ExplainRequest = "explain-request";

    /// <summary>Nothing → <see cref="EndpointStates"/>.</summary>
    public const string Endpoints = "endpoints";
}
