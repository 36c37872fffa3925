using InferenceBroker.Hosting.Reload;
using Microsoft.Extensions.Logging;
using Shouldly;
using Xunit;

namespace InferenceBroker.Hosting.Tests.Reload;

public sealed class ConfigurationReloadTests
{
    private static string Json(string model, string provider = "local", string rest = "") =>
        $$"""
            { "providers": { "{{provider}}": { "kind": "simulated" } },
              "models": { "{{model}}": { "targets": [ { "provider": "{{provider}}" } ] } } {{rest}} }
            """;

    [Fact]
    public void A_file_that_did_not_change_is_left_alone()
    {
        using var rig = new ReloadRig(Json("chat"));
        var before = rig.InForce.Current;

        rig.Settle().ShouldBe(ReloadOutcome.Unchanged);

        rig.InForce.Current.ShouldBeSameAs(before);
    }

    [Fact]
    public void A_changed_file_is_in_force_at_the_second_look()
    {
        using var rig = new ReloadRig(Json("chat"));
        rig.Write(Json("other", "remote"));

        rig.Reload.RunOnce().ShouldBe(ReloadOutcome.Unsettled);
        rig.InForce.Current.Catalog.FindRoute("chat").ShouldNotBeNull();
        rig.Reload.RunOnce().ShouldBe(ReloadOutcome.Applied);

        rig.InForce.Current.Catalog.FindRoute("chat").ShouldBeNull();
        rig.InForce.Current.Catalog.FindRoute("other").ShouldNotBeNull();
        rig.InForce.Current.FindConnection("remote").ShouldNotBeNull();
        rig.Counted("applied").ShouldBe(1);
        rig.Reload.RunOnce().ShouldBe(ReloadOutcome.Unchanged);
    }

    [Fact]
    public void A_file_that_is_still_being_written_is_not_judged()
    {
        using var rig = new ReloadRig(Json("chat"));

        rig.Write("""{ "providers": {""");
        rig.Reload.RunOnce().ShouldBe(ReloadOutcome.Unsettled);
        rig.Write(Json("other"));
        rig.Reload.RunOnce().ShouldBe(ReloadOutcome.Unsettled);
        rig.Reload.RunOnce().ShouldBe(ReloadOutcome.Applied);

        rig.Counted("refused").ShouldBe(0);
    }

    [Fact]
    public void A_wrong_file_is_refused_with_all_its_faults_said_once_and_the_earlier_one_stays()
    {
        using var rig = new ReloadRig(Json("chat"));
        var before = rig.InForce.Current;
        const string Wrong = """
            { "providers": { "local": { "kind": "simulated", "concurency": 3 } }, "limts": {},
              "models": { "chat": { "policy": "best", "targets": [ { "provider": "nobody", "weight": 0 } ] } },
              "workers": { "shutdownSecnds": 3, "shutdownSeconds": 101 } }
            """;

        rig.Write(Wrong);
        rig.Settle().ShouldBe(ReloadOutcome.Refused);
        rig.Settle().ShouldBe(ReloadOutcome.Unchanged);
        File.SetLastWriteTimeUtc(rig.File, DateTime.UnixEpoch);
        rig.Settle().ShouldBe(ReloadOutcome.Refused);

        rig.InForce.Current.ShouldBeSameAs(before);
        var said = rig.Log.Of(LogLevel.Error).ShouldHaveSingleItem();
        var paths = (string[])
            [
                "providers.local.concurency",
                "limts",
                "models.chat.policy",
                "models.chat.targets[0].provider",
                "models.chat.targets[0].weight",
                "workers.shutdownSecnds",
                "workers.shutdownSeconds",
            ];
        foreach (var path in paths)
        {
            said.ShouldContain($"{path}: ");
            rig.Reload.Problem.ShouldNotBeNull().ShouldContain(path);
        }

        rig.Counted("refused").ShouldBe(2);
        rig.Counted("applied").ShouldBe(0);
    }

    [Fact]
    public void A_file_that_is_no_json_is_refused_and_put_right_again()
    {
        using var rig = new ReloadRig(Json("chat"));
        rig.Write("{ oops");
        rig.Settle().ShouldBe(ReloadOutcome.Refused);
        rig.Log.Of(LogLevel.Error).ShouldHaveSingleItem().ShouldContain("is no valid JSON at line 1");

        rig.Write(Json("other"));

        rig.Settle().ShouldBe(ReloadOutcome.Applied);
        rig.Reload.Problem.ShouldBeNull();
        rig.InForce.Current.Catalog.FindRoute("other").ShouldNotBeNull();
    }

    [Fact]
    public void A_file_that_is_replaced_by_rename_is_noticed_even_with_the_same_time_and_length()
    {
        using var rig = new ReloadRig(Json("chat"));
        var other = Path.Combine(rig.Folder, "broker.json.new");
        File.WriteAllText(other, Json("chut"));
        File.SetLastWriteTimeUtc(other, File.GetLastWriteTimeUtc(rig.File));

        File.Move(other, rig.File, overwrite: true);

        rig.Settle().ShouldBe(ReloadOutcome.Applied);
        rig.InForce.Current.Catalog.FindRoute("chut").ShouldNotBeNull();
    }

    [Fact]
    public void A_link_that_is_swapped_as_by_a_config_map_is_noticed()
    {
        using var rig = new ReloadRig(Json("chat"));
        Directory.CreateDirectory(Path.Combine(rig.Folder, "v1"));
        Directory.CreateDirectory(Path.Combine(rig.Folder, "v2"));
        File.WriteAllText(Path.Combine(rig.Folder, "v1", "broker.json"), Json("first"));
        File.WriteAllText(Path.Combine(rig.Folder, "v2", "broker.json"), Json("second"));
        var data = Path.Combine(rig.Folder, "..data");
        Directory.CreateSymbolicLink(data, "v1");
        File.Delete(rig.File);
        File.CreateSymbolicLink(rig.File, Path.Combine("..data", "broker.json"));
        rig.Settle().ShouldBe(ReloadOutcome.Applied);

        Directory.CreateSymbolicLink(data + "_tmp", "v2");
        Directory.Delete(data);
        Directory.Move(data + "_tmp", data);

        rig.Settle().ShouldBe(ReloadOutcome.Applied);
        rig.InForce.Current.Catalog.FindRoute("second").ShouldNotBeNull();
    }

    [Fact]
    public void A_deleted_file_keeps_what_it_held_last_until_it_is_back()
    {
        using var rig = new ReloadRig(Json("chat"));
        var before = rig.InForce.Current;

        File.Delete(rig.File);
        rig.Settle().ShouldBe(ReloadOutcome.Missing);

        rig.InForce.Current.ShouldBeSameAs(before);
        rig.Log.Of(LogLevel.Warning).ShouldHaveSingleItem().ShouldContain("cannot be read any more");
        rig.Reload.Problem.ShouldNotBeNull();
        rig.Write(Json("other"));
        rig.Settle().ShouldBe(ReloadOutcome.Applied);
        rig.Reload.Problem.ShouldBeNull();
    }

    [Fact]
    public void Overrides_of_the_environment_hold_after_a_reload_too()
    {
        using var rig = new ReloadRig(Json("chat"), ("Broker__Limits__MaxAttempts", "7"));

        rig.Write(Json("chat", rest: """, "limits": { "maxAttempts": 2, "idleTimeoutSeconds": 9 }"""));
        rig.Settle().ShouldBe(ReloadOutcome.Applied);

        var limits = rig.InForce.Current.Catalog.Limits;
        (limits.MaxAttempts, limits.IdleTimeout).ShouldBe((7, TimeSpan.FromSeconds(9)));
    }

    [Fact]
    public void Keys_of_the_roles_need_a_restart_and_a_warning_names_them()
    {
        using var rig = new ReloadRig(Json("chat", rest: """, "workers": { "shutdownSeconds": 3 }"""));

        rig.Write(Json("other", rest: """, "workers": { "shutdownSeconds": 4 }, "api": { "tokenSecret": "hidden" }"""));
        rig.Settle().ShouldBe(ReloadOutcome.Applied);

        var warning = rig.Log.Of(LogLevel.Warning).ShouldHaveSingleItem();
        warning.ShouldContain("api.tokenSecret, workers.shutdownSeconds");
        warning.ShouldNotContain("hidden");
        rig.InForce.Current.Catalog.FindRoute("other").ShouldNotBeNull();
    }

    [Fact]
    public void A_file_that_lost_its_providers_does_not_bring_simulated_ones()
    {
        using var rig = new ReloadRig(Json("chat"));

        rig.Write("{}");

        rig.Settle().ShouldBe(ReloadOutcome.Refused);
        rig.Log.Of(LogLevel.Error).ShouldHaveSingleItem().ShouldContain("providers: at least one is needed");
    }

    [Fact]
    public void A_touched_file_reads_the_files_of_its_secrets_again()
    {
        using var rig = new ReloadRig(Json("chat"));
        var secret = Path.Combine(rig.Folder, "secret");
        File.WriteAllText(secret, "one");
        rig.Write(
            """
            { "providers": { "local": { "kind": "openai", "baseUrl": "http://127.0.0.1:1/v1", "keys": [ { "value": "file:secret" } ] } },
              "models": { "*": { "targets": [ { "provider": "local" } ] } } }
            """
        );
        rig.Settle().ShouldBe(ReloadOutcome.Applied);

        File.WriteAllText(secret, "two");
        File.SetLastWriteTimeUtc(rig.File, DateTime.UnixEpoch);

        rig.Settle().ShouldBe(ReloadOutcome.Applied);
        rig.InForce.Current.FindConnection("local")!.Secrets["default"].ShouldBe("two");
    }
}
