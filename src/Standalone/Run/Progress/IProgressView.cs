namespace InferenceBroker.Standalone.Run.Progress;

/// <summary>Shows how far a run is.</summary>
internal interface IProgressView
{
    /// <summary>Shows the figures until the work has ended, and once more then. Never fails because of the work: whoever started it awaits it.</summary>
    Task ShowAsync(Task work, Func<RunSnapshot> figures);
}
