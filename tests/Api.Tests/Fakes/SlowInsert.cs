namespace InferenceBroker.Api.Tests.Fakes;

/// <summary>An insert that the test holds up. As in a group commit, whoever stops waiting for it does not stop it.</summary>
internal sealed class SlowInsert
{
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Begun => _begun.Task;

    public async Task ReleaseAsync()
    {
        _released.SetResult();
        await _done.Task;
    }

    public Task RunAsync(Func<Task> insert, CancellationToken cancellationToken)
    {
        var inserting = InsertAsync(insert);
        _begun.SetResult();
        return inserting.WaitAsync(cancellationToken);
    }

    private async Task InsertAsync(Func<Task> insert)
    {
        await _released.Task;
        await insert();
        _done.SetResult();
    }
}
