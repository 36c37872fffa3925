using InferenceBroker.Testing.Postgres;
using InferenceBroker.Testing.RabbitMq;

// The servers of a whole test run: starts one PostgreSQL and one RabbitMQ, says where they are as lines NAME=value, which are the environment
// of the test processes, and an empty line; and ends them when its standard input closes, so that they also go with a caller that was killed.
var starting = (Postgres: PrivatePostgres.SharedAsync(), RabbitMq: PrivateRabbitMq.SharedAsync());
await using var postgres = await starting.Postgres;
await using var rabbitMq = await starting.RabbitMq;

Console.WriteLine($"{PrivatePostgres.ServerVariable}={postgres.ConnectionString}");
Console.WriteLine($"{PrivateRabbitMq.ServerVariable}={rabbitMq.ConnectionString}");
Console.WriteLine($"{PrivateRabbitMq.ManagementVariable}={rabbitMq.Management}");
Console.WriteLine();

await Console.In.ReadToEndAsync();
