using System.ClientModel;
using System.Text;
using InferenceBroker.EndToEnd.Tests.Infrastructure;
using InferenceBroker.Testing.Processes;
using OpenAI;
using OpenAI.Chat;
using Shouldly;

namespace InferenceBroker.EndToEnd.Tests.Sdk;

/// <summary>The unmodified OpenAI .NET SDK works against the broker.</summary>
[Collection(SdkCollection.Name)]
public sealed class OpenAiDotNetSdkTests(SdkCluster sdk)
{
    private const string Question = "Why is the sky blue?";

    [Fact]
    public async Task Chat_completion_is_answered()
    {
        ChatCompletion completion = await Client().GetChatClient("gpt-4o-mini").CompleteChatAsync(Question);

        completion.Content[0].Text.ShouldContain(Question);
        completion.FinishReason.ShouldBe(ChatFinishReason.Stop);
        completion.Usage.TotalTokenCount.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Streamed_chat_completion_arrives_in_pieces_with_usage()
    {
        var text = new StringBuilder();
        var pieces = 0;
        ChatTokenUsage? usage = null;
        await foreach (var update in Client().GetChatClient("gpt-4o-mini").CompleteChatStreamingAsync(Question))
        {
            foreach (var part in update.ContentUpdate)
            {
                text.Append(part.Text);
                pieces++;
            }

            usage ??= update.Usage;
        }

        text.ToString().ShouldContain(Question);
        pieces.ShouldBeGreaterThan(1);
        usage.ShouldNotBeNull().OutputTokenCount.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Embeddings_are_answered()
    {
        var embedding = await Client().GetEmbeddingClient("text-embedding-3-small").GenerateEmbeddingAsync(Question);

        embedding.Value.ToFloats().Length.ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task Models_are_listed()
    {
        var models = await Client().GetOpenAIModelClient().GetModelsAsync();

        models.Value.Select(m => m.Id).ShouldContain("gpt-4o-mini");
    }

    [Fact]
    public async Task Unknown_model_is_a_clear_404()
    {
        var failure = await Should.ThrowAsync<ClientResultException>(() => Client().GetChatClient("gpt-nope").CompleteChatAsync(Question));

        failure.Status.ShouldBe(404);
        failure.Message.ShouldContain("gpt-nope");
        failure.Message.ShouldContain("gpt-4o-mini");
    }

    [Fact]
    public async Task Wrong_key_is_a_401()
    {
        var failure = await Should.ThrowAsync<ClientResultException>(() =>
            Client("sk-brk-wrong").GetChatClient("gpt-4o-mini").CompleteChatAsync(Question)
        );

        failure.Status.ShouldBe(401);
    }

    private OpenAIClient Client(string key = BrokerCluster.ApiKey) =>
        new(new ApiKeyCredential(key), new OpenAIClientOptions { Endpoint = new Uri(sdk.Cluster.Apis[0].Url!, "/v1") });
}
