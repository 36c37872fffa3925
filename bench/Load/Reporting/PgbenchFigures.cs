namespace InferenceBroker.Load.Reporting;

/// <summary>The yardstick: <c>pgbench -N</c> on the same server in the same run.</summary>
internal sealed record PgbenchFigures(double Tps);
