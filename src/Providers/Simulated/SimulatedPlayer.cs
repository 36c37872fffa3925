using System.Buffers;
using System.Globalization;
using InferenceBroker.Domain.Jobs;

namespace InferenceBroker.Providers.Simulated;

/// <summary>Plays a planned call on a wire: waits, writes, breaks off.</summary>
internal sealed class SimulatedPlayer(TimeProvider time)
{
    private const string Json = "application/json";

    /// <summary>The length that a stream promises which is to be cut.</summary>
    private const long NeverReached = long.MaxValue;
    private static readonly SimulatedFault NoJson = new(SimulatedOutcome.Error, 400);

    /// <summary>One buffer for each thread: an answer is written whole between two awaits.</summary>
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _scratch;

    /// <summary>Answers a request that cannot be read.</summary>
    public static ValueTask RefuseAsync(ISimulatedWire wire, CancellationToken cancellationToken) =>
        WriteErrorAsync(NoJson, [], wire, cancellationToken);

    public async ValueTask PlayAsync(SimulatedCall call, ISimulatedWire wire, CancellationToken cancellationToken)
    {
        var plan = call.Plan;
        if (plan.Fault is { Outcome: SimulatedOutcome.Hang, AfterChunks: 0 })
        {
            await HangAsync(cancellationToken);
        }

        var streams = call.Request is { Streams: true, Operation: not Operation.Embeddings };
        var writesAll = !streams && plan.Outcome is not (SimulatedOutcome.Error or SimulatedOutcome.Reset);
        await DelayAsync(writesAll ? plan.Latency + (plan.TokenInterval * plan.OutputTokens) : plan.Latency, cancellationToken);
        switch (plan.Outcome)
        {
            case SimulatedOutcome.Error:
                await WriteErrorAsync(plan.Fault!, call.Headers, wire, cancellationToken);
                break;
            case SimulatedOutcome.Reset:
                wire.Abort();
                break;
            case SimulatedOutcome.Malformed:
                await WriteMalformedAsync(call, streams, wire, cancellationToken);
                break;
            case SimulatedOutcome.Hang or SimulatedOutcome.Cut or SimulatedOutcome.Unterminated when !streams:
                await WritePartAsync(call, wire, cancellationToken);
                break;
            default:
                await (streams ? StreamAsync(call, wire, cancellationToken) : WritePlainAsync(call, wire, cancellationToken));
                break;
        }
    }

    private static async ValueTask WritePlainAsync(SimulatedCall call, ISimulatedWire wire, CancellationToken cancellationToken)
    {
        var scratch = Scratch();
        SimulatedAnswerWriter.WriteAnswer(scratch, call);
        wire.Start(200, Json, scratch.WrittenCount, call.Headers);
        wire.Body.Write(scratch.WrittenSpan);
        await wire.Body.FlushAsync(cancellationToken);
    }

    /// <summary>A plain answer that stops half way: the length that was promised never comes.</summary>
    private async ValueTask WritePartAsync(SimulatedCall call, ISimulatedWire wire, CancellationToken cancellationToken)
    {
        var scratch = Scratch();
        SimulatedAnswerWriter.WriteAnswer(scratch, call);
        wire.Start(200, Json, scratch.WrittenCount, call.Headers);
        wire.Body.Write(scratch.WrittenSpan[..(scratch.WrittenCount / 2)]);
        await wire.Body.FlushAsync(cancellationToken);
        if (call.Plan.Outcome == SimulatedOutcome.Hang)
        {
            await HangAsync(cancellationToken);
        }

        wire.Cut();
    }

    private static async ValueTask WriteMalformedAsync(
        SimulatedCall call,
        bool streams,
        ISimulatedWire wire,
        CancellationToken cancellationToken
    )
    {
        var body = streams ? "data: {\"id\":\"chatcmpl-sim\",\"choices\":[{\"ind\n\n"u8 : "{\"id\":\"chatcmpl-sim\",\"choices\":[{\"ind"u8;
        wire.Start(200, streams ? "text/event-stream" : Json, body.Length, call.Headers);
        wire.Body.Write(body);
        await wire.Body.FlushAsync(cancellationToken);
    }

    private static async ValueTask WriteErrorAsync(
        SimulatedFault fault,
        IReadOnlyList<KeyValuePair<string, string>> headers,
        ISimulatedWire wire,
        CancellationToken cancellationToken
    )
    {
        var scratch = Scratch();
        SimulatedAnswerWriter.WriteError(scratch, fault);
        if (fault.RetryAfter is { } wait)
        {
            headers =
            [
                .. headers,
                new("Retry-After", Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture)),
                new("retry-after-ms", Math.Ceiling(wait.TotalMilliseconds).ToString(CultureInfo.InvariantCulture)),
            ];
        }

        wire.Start(fault.Status, Json, scratch.WrittenCount, headers);
        wire.Body.Write(scratch.WrittenSpan);
        await wire.Body.FlushAsync(cancellationToken);
    }

    private async ValueTask StreamAsync(SimulatedCall call, ISimulatedWire wire, CancellationToken cancellationToken)
    {
        var plan = call.Plan;
        var started = time.GetTimestamp();
        var writer = new SimulatedChunkWriter(call);
        var breakAfter = plan.Fault?.AfterChunks ?? int.MaxValue;
        wire.Start(200, "text/event-stream", plan.Outcome == SimulatedOutcome.Cut ? NeverReached : null, call.Headers);
        writer.WriteStart(wire.Body);
        for (var i = 0; i < plan.OutputTokens && i < breakAfter; i++)
        {
            var wait = (plan.TokenInterval * i) - time.GetElapsedTime(started);
            if (wait > TimeSpan.Zero)
            {
                await wire.Body.FlushAsync(cancellationToken);
                await DelayAsync(wait, cancellationToken);
            }

            writer.WriteToken(wire.Body);
        }

        if (plan.Fault is null)
        {
            writer.WriteEnd(wire.Body);
        }

        await wire.Body.FlushAsync(cancellationToken);
        await BreakOffAsync(plan.Outcome, wire, cancellationToken);
    }

    private async ValueTask BreakOffAsync(SimulatedOutcome outcome, ISimulatedWire wire, CancellationToken cancellationToken)
    {
        if (outcome == SimulatedOutcome.Hang)
        {
            await HangAsync(cancellationToken);
        }
        else if (outcome == SimulatedOutcome.Cut)
        {
            wire.Cut();
        }
    }

    /// <summary>Only the caller's going away ends it.</summary>
    private Task HangAsync(CancellationToken cancellationToken) => Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);

    private Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken) =>
        delay > TimeSpan.Zero ? Task.Delay(delay, time, cancellationToken) : Task.CompletedTask;

    private static ArrayBufferWriter<byte> Scratch()
    {
        var scratch = _scratch ??= new ArrayBufferWriter<byte>(4096);
        scratch.ResetWrittenCount();
        return scratch;
    }
}
