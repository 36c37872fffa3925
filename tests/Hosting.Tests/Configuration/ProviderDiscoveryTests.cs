using InferenceBroker.Hosting.Configuration;
using Shouldly;
using Xunit;
using static InferenceBroker.Hosting.Tests.Configuration.Loading;

namespace InferenceBroker.Hosting.Tests.Configuration;

public sealed class ProviderDiscoveryTests
{
    [Fact]
    public void Without_anything_two_simulated_providers_serve_every_model()
    {
        var configuration = Load(null);

        configuration.ProviderSource.ShouldBe(ProviderSource.Simulated);
        configuration.Options.Providers.Values.ShouldAllBe(p => p.Kind == "simulated");
        var targets = configuration.Options.Models["*"].Targets;
        targets.Select(t => (t.Provider, t.Weight)).ShouldBe([("sim-a", 70), ("sim-b", 30)]);
    }

    [Fact]
    public void One_key_in_the_environment_serves_its_models_and_every_other_name()
    {
        var configuration = Load(null, ("OPENAI_API_KEY", "sk-1"));

        configuration.ProviderSource.ShouldBe(ProviderSource.Environment);
        configuration.Secrets["openai"]["default"].ShouldBe("sk-1");
        configuration.Options.Providers["openai"].Concurrency.ShouldBe(16);
        configuration.Options.Models.Keys.ShouldContain("gpt-*");
        configuration.Options.Models["*"].Targets[0].Provider.ShouldBe("openai");
    }

    [Fact]
    public void Two_keys_leave_unknown_names_without_a_route()
    {
        var models = Load(null, ("OPENAI_API_KEY", "sk-1"), ("DEEPSEEK_API_KEY", "sk-2")).Options.Models;

        models["deepseek-*"].Targets[0].Provider.ShouldBe("deepseek");
        models.Keys.ShouldNotContain("*");
    }

    [Fact]
    public void OpenRouter_takes_every_unknown_name()
    {
        var models = Load(null, ("OPENAI_API_KEY", "sk-1"), ("OPENROUTER_API_KEY", "sk-2")).Options.Models;

        models["gpt-*"].Targets[0].Provider.ShouldBe("openai");
        models["*"].Targets[0].Provider.ShouldBe("openrouter");
    }

    [Fact]
    public void Resellers_share_the_names_that_nobody_else_has()
    {
        var models = Load(null, ("OPENAI_API_KEY", "sk-1"), ("GROQ_API_KEY", "sk-2"), ("TOGETHER_API_KEY", "sk-3")).Options.Models;

        models["*"].Targets.Select(t => t.Provider).ShouldBe(["groq", "together"]);
    }

    [Fact]
    public void A_blank_key_does_not_count() => Load(null, ("OPENAI_API_KEY", " ")).ProviderSource.ShouldBe(ProviderSource.Simulated);

    [Fact]
    public void Models_of_the_file_may_use_providers_of_the_environment()
    {
        const string Json = """{ "models": { "chat": { "targets": [ { "provider": "openai", "model": "gpt-x" } ] } } }""";

        var configuration = Load(Json, ("OPENAI_API_KEY", "sk-1"));

        configuration.ProviderSource.ShouldBe(ProviderSource.Environment);
        configuration.Options.Models.Keys.ShouldBe(["chat"]);
    }

    [Fact]
    public void Configured_providers_without_models_get_routes()
    {
        const string Json = """{ "providers": { "local": { "kind": "openai", "baseUrl": "http://127.0.0.1:8000/v1" } } }""";

        Load(Json).Options.Models["*"].Targets[0].Provider.ShouldBe("local");
    }

    [Fact]
    public void A_provider_with_a_known_name_needs_no_address()
    {
        const string Json = """{ "providers": { "groq": { "kind": "openai" } } }""";

        Faults(Json).ShouldBeEmpty();
    }
}
