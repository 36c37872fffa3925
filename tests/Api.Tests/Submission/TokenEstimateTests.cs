using System.Text;
using System.Text.Json;
using InferenceBroker.Api.Submission;
using Shouldly;
using Xunit;

namespace InferenceBroker.Api.Tests.Submission;

/// <summary>Against the counts of o200k, the tokenizer of gpt-4o.</summary>
public sealed class TokenEstimateTests
{
    // csharpier-ignore
    public static TheoryData<int, string> Counted => new()
    {
        { 78, "The harbour master wrote the names of every ship that came in before the storm, and beside each name the hour at which her anchor went down. When the wind finally turned to the north, the fishermen asked him which of the boats could still be moved behind the breakwater. He answered that nobody knew how long the old ropes would hold, but that they should begin with the smallest ones." },
        { 88, "Der Hafenmeister schrieb die Namen aller Schiffe auf, die vor dem Sturm einliefen, und neben jeden Namen die Stunde, zu der ihr Anker fiel. Als der Wind schließlich nach Norden drehte, fragten ihn die Fischer, welche der Boote man noch hinter die Mole bringen könne. Er antwortete, niemand wisse, wie lange die alten Taue hielten, aber man solle mit den kleinsten anfangen." },
        { 85, "Le capitaine du port notait le nom de chaque navire arrivé avant la tempête et, à côté de chaque nom, l'heure à laquelle son ancre était tombée. Quand le vent tourna enfin au nord, les pêcheurs lui demandèrent lesquels des bateaux pouvaient encore être déplacés derrière la jetée. Il répondit que personne ne savait combien de temps tiendraient les vieux cordages." },
        { 91, "Начальник порта записывал названия всех кораблей, пришедших до шторма, и рядом с каждым названием час, когда был брошен якорь. Когда ветер наконец повернул к северу, рыбаки спросили его, какие из лодок ещё можно перевести за мол. Он ответил, что никто не знает, сколько выдержат старые канаты, но начинать надо с самых маленьких." },
        { 89, "港务长把暴风雨前进港的每一艘船的名字都记了下来，并在每个名字旁边写上抛锚的时刻。风终于转向北面的时候，渔民们问他哪些船还可以移到防波堤后面去。他回答说，没有人知道旧缆绳还能坚持多久，但应该从最小的船开始。" },
        { 122, "港長は嵐の前に入港したすべての船の名前を書き留め、それぞれの名前の横に錨を下ろした時刻を記した。風がようやく北に変わったとき、漁師たちはどの船をまだ防波堤の後ろに移せるかと尋ねた。古い綱がどれだけ持つかは誰にも分からないが、いちばん小さい船から始めるべきだと彼は答えた。" },
        { 99, "항만장은 폭풍이 오기 전에 들어온 모든 배의 이름을 적고 각 이름 옆에 닻을 내린 시각을 적었다. 바람이 마침내 북쪽으로 바뀌었을 때 어부들은 어느 배를 아직 방파제 뒤로 옮길 수 있는지 물었다. 그는 낡은 밧줄이 얼마나 버틸지 아무도 모르지만 가장 작은 배부터 시작해야 한다고 대답했다." },
        { 79, "كان مدير الميناء يكتب أسماء جميع السفن التي وصلت قبل العاصفة، ويكتب بجانب كل اسم الساعة التي ألقت فيها مرساتها. وعندما تحولت الريح أخيرا إلى الشمال سأله الصيادون أي القوارب يمكن نقلها بعد خلف حاجز الأمواج. فأجاب أن أحدا لا يعرف كم ستصمد الحبال القديمة." },
        { 88, "बंदरगाह के अधिकारी ने तूफ़ान से पहले आए हर जहाज़ का नाम लिखा और हर नाम के पास वह समय लिखा जब उसका लंगर डाला गया था। जब हवा आख़िर उत्तर की ओर मुड़ी तो मछुआरों ने उससे पूछा कि कौन सी नावें अब भी हटाई जा सकती हैं। उसने कहा कि कोई नहीं जानता कि पुरानी रस्सियाँ कितनी देर टिकेंगी।" },
        { 93, "Ο λιμενάρχης έγραφε τα ονόματα όλων των πλοίων που ήρθαν πριν από την καταιγίδα και δίπλα σε κάθε όνομα την ώρα που έπεσε η άγκυρα. Όταν ο άνεμος γύρισε επιτέλους στον βορρά, οι ψαράδες τον ρώτησαν ποιες βάρκες μπορούσαν ακόμη να μετακινηθούν." },
        { 65, "public static int Sum(IReadOnlyList<int> values)\n{\n    var total = 0;\n    for (var i = 0; i < values.Count; i++)\n    {\n        if (values[i] > 0)\n        {\n            total += values[i];\n        }\n    }\n\n    return total;\n}\n" },
        { 27, "Great work 👍🎉 see you tomorrow 😀😀 bring the cake 🎂 and the balloons 🎈🎈🎈 please 🙏" },
    };

    [Theory]
    [MemberData(nameof(Counted))]
    public void Input_IsWithinAQuarterOfTheTokenizersCount(int counted, string text) =>
        TokenEstimate.Input(Encoding.UTF8.GetBytes(text)).ShouldBeInRange(counted * 3 / 4, counted * 5 / 4);

    [Theory]
    [MemberData(nameof(Counted))]
    public void Input_WrittenAsEscapes_IsAboutTheSame(int counted, string text) =>
        // The default of this serializer escapes all that is not ASCII, and some that is.
        TokenEstimate.Input(JsonSerializer.SerializeToUtf8Bytes(text)).ShouldBeInRange(counted * 2 / 3, counted * 4 / 3);

    [Fact]
    public void Input_CutInTheMiddleOfACharacterOrAnEscape_IsStillAGuess()
    {
        TokenEstimate.Input([0xE6]).ShouldBe(1);
        TokenEstimate.Input("\\u4"u8).ShouldBe(1);
        TokenEstimate.Input([]).ShouldBe(1);
    }
}
