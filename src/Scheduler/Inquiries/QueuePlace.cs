namespace InferenceBroker.Scheduler.Inquiries;

/// <summary>How many of its tenant's jobs are served before a job, and how many of these ask for its route.</summary>
internal readonly record struct QueuePlace(int Ahead, int AheadOnRoute);
