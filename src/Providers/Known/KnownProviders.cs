namespace InferenceBroker.Providers.Known;

/// <summary>The providers that the broker knows by name. Base URLs are defaults that configuration may override.</summary>
public static class KnownProviders
{
    // csharpier-ignore
    private static readonly KnownProvider[] Table =
    [
        Make("openai",      "https://api.openai.com/v1",                               "OPENAI_API_KEY",      "gpt-", "chatgpt-", "o1", "o3", "o4", "text-embedding-", "davinci-", "babbage-"),
        Make("anthropic",   "https://api.anthropic.com/v1",                            "ANTHROPIC_API_KEY",   "claude-"),
        Make("gemini",      "https://generativelanguage.googleapis.com/v1beta/openai", "GEMINI_API_KEY",      "gemini-", "gemma-"),
        Make("mistral",     "https://api.mistral.ai/v1",                               "MISTRAL_API_KEY",     "mistral-", "ministral-", "magistral-", "codestral-", "devstral-", "pixtral-", "open-mistral-", "open-mixtral-"),
        Make("deepseek",    "https://api.deepseek.com/v1",                             "DEEPSEEK_API_KEY",    "deepseek-"),
        Make("xai",         "https://api.x.ai/v1",                                     "XAI_API_KEY",         "grok-"),
        Make("perplexity",  "https://api.perplexity.ai",                               "PERPLEXITY_API_KEY",  "sonar"),
        Make("cohere",      "https://api.cohere.ai/compatibility/v1",                  "COHERE_API_KEY",      "command-", "embed-"),
        Make("moonshot",    "https://api.moonshot.cn/v1",                              "MOONSHOT_API_KEY",    "kimi-", "moonshot-"),
        Make("zai",         "https://api.z.ai/api/paas/v4",                            "ZAI_API_KEY",         "glm-"),
        Make("qwen",        "https://dashscope-intl.aliyuncs.com/compatible-mode/v1",  "DASHSCOPE_API_KEY",   "qwen-", "qwen2", "qwen3", "qwq-"),
        Make("groq",        "https://api.groq.com/openai/v1",                          "GROQ_API_KEY"),
        Make("cerebras",    "https://api.cerebras.ai/v1",                              "CEREBRAS_API_KEY"),
        Make("sambanova",   "https://api.sambanova.ai/v1",                             "SAMBANOVA_API_KEY"),
        Make("together",    "https://api.together.xyz/v1",                             "TOGETHER_API_KEY"),
        Make("fireworks",   "https://api.fireworks.ai/inference/v1",                   "FIREWORKS_API_KEY",   "accounts/fireworks/"),
        Make("openrouter",  "https://openrouter.ai/api/v1",                            "OPENROUTER_API_KEY"),
        Make("deepinfra",   "https://api.deepinfra.com/v1/openai",                     "DEEPINFRA_API_KEY"),
        Make("novita",      "https://api.novita.ai/v3/openai/v1",                      "NOVITA_API_KEY"),
        Make("nebius",      "https://api.studio.nebius.ai/v1",                         "NEBIUS_API_KEY"),
        Make("siliconflow", "https://api.siliconflow.cn/v1",                           "SILICONFLOW_API_KEY"),
        Make("lambda",      "https://api.lambdalabs.com/v1",                           "LAMBDA_API_KEY"),
        Make("hyperbolic",  "https://api.hyperbolic.xyz/v1",                           "HYPERBOLIC_API_KEY"),
    ];

    /// <summary>All of them: first those with models of their own, then resellers.</summary>
    public static IReadOnlyList<KnownProvider> All => Table;

    /// <summary>Null: no provider of this name is known.</summary>
    public static KnownProvider? Find(string name)
    {
        foreach (var provider in Table)
        {
            if (string.Equals(provider.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                return provider;
            }
        }

        return null;
    }

    private static KnownProvider Make(string name, string baseUrl, string keyVariable, params string[] modelPrefixes) =>
        new(name, new Uri(baseUrl), keyVariable, modelPrefixes);
}
