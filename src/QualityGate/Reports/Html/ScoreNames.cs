namespace QualityGate.Reports.Html;

/// <summary>What the scores of single images are called on a page.</summary>
internal static class ScoreNames
{
    private const string EffectPrefix = "effect on ";

    private static readonly PageText Effect = new("effect on {0}", "{0}에 미치는 영향");

    // Below a picture there is room for one word.
    private static readonly Dictionary<string, PageText> Words = new(StringComparer.Ordinal)
    {
        ["realism"] = new("realism", "사실성"),
        ["rarity"] = new("rarity", "희소성"),
        ["nearest_distance"] = new("distance", "거리"),
    };

    /// <summary>Names by column.</summary>
    public static IReadOnlyDictionary<string, PageText> All { get; } = new Dictionary<string, PageText>(StringComparer.Ordinal)
    {
        ["realism"] = new("realism (1 and more is believable)", "사실성 (1 이상이면 그럴듯함)"),
        ["rarity"] = new("rarity (higher is rarer)", "희소성 (높을수록 드묾)"),
        ["in_manifold"] = new("looks like some reference image", "참조 이미지와 닮음"),
        ["nearest_reference"] = new("nearest reference image", "가장 가까운 참조 이미지"),
        ["nearest_candidate"] = new("nearest candidate image", "가장 가까운 후보 이미지"),
        ["nearest_distance"] = new("distance to it", "그 이미지까지의 거리"),
        ["authentic"] = new("is not a mere variation of it", "단순한 변형이 아님"),
        ["duplicate_of"] = new("copies", "복제한 이미지"),
        ["covered_by"] = new("covered by", "이 이미지를 포괄하는 후보"),
        ["candidates_in_ball"] = new("candidate images nearby", "주변의 후보 이미지 수"),
        ["first_hit_rank"] = new("rank of the first image of its class", "같은 클래스가 처음 나온 순위"),
        ["average_precision_at_r"] = new("average precision at R", "R에서의 평균 정밀도"),
    };

    /// <summary>The name of a column in a language; an unknown column keeps its own.</summary>
    public static string Of(string column, ReportLanguage language) =>
        All.TryGetValue(column, out PageText? text) ? text.In(language)
        : column.StartsWith(EffectPrefix, StringComparison.Ordinal) ? Effect.In(language, column[EffectPrefix.Length..])
        : PlainText.OneLine(column);

    /// <summary>The name of a column in a word.</summary>
    public static string WordOf(string column, ReportLanguage language) => Words.TryGetValue(column, out PageText? text) ? text.In(language) : PlainText.OneLine(column);
}
