using InferenceBroker.Api.Submission;
using InferenceBroker.Messaging;
using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Standalone.Run.Input;

namespace InferenceBroker.Standalone.Run;

/// <summary>Reads the input again and stores a job for every line that still needs one, in pages, as long as there is room.</summary>
internal sealed class RunSubmitter(
    IJobStore store,
    IHintSender hints,
    LineParser parser,
    LineIndex index,
    LineJob jobs,
    OutstandingJobs outstanding
)
{
    private const int PageSize = 500;

    private readonly List<NewJob> _page = [];
    private readonly List<IdempotencyKey> _keys = [];
    private readonly List<int> _lines = [];

    public async Task RunAsync(string input, CancellationToken cancellationToken)
    {
        await using var file = InputFile.Open(input);
        await foreach (var raw in new LineReader(file).ReadAsync(cancellationToken))
        {
            if (parser.Parse(raw).Line is not { } line)
            {
                continue;
            }

            var key = LineKey.Of(line);
            if (index.Find(key) is not { Status: LineStatus.Pending } indexed || indexed.Number != line.Number)
            {
                continue;
            }

            // What is collected goes out before the wait: those jobs make the room.
            var room = outstanding.TakeRoomAsync(cancellationToken);
            if (!room.IsCompletedSuccessfully)
            {
                await SubmitAsync(cancellationToken);
                await room;
            }

            _page.Add(jobs.Create(line, key, indexed.Round));
            _keys.Add(jobs.KeyOf(key, indexed.Round));
            _lines.Add(line.Number);
            if (_page.Count == PageSize)
            {
                await SubmitAsync(cancellationToken);
            }
        }

        await SubmitAsync(cancellationToken);
    }

    private async Task SubmitAsync(CancellationToken cancellationToken)
    {
        if (_page.Count == 0)
        {
            return;
        }

        var outcomes = await store.InsertManyOnceAsync(_page, _keys, cancellationToken);
        for (var i = 0; i < outcomes.Count; i++)
        {
            outstanding.Add(outcomes[i].JobId, _lines[i]);
            if (outcomes[i].Kind == SubmitOutcomeKind.Created)
            {
                hints.JobSubmitted(SubmittedJobs.Of(_page[i]));
            }
        }

        _page.Clear();
        _keys.Clear();
        _lines.Clear();
    }
}
