using System.Globalization;

namespace QualityGate.Reports.Html;

/// <summary>What each metric means, for a reader who has never heard of it.</summary>
internal static class MetricMeanings
{
    private const string RecallAt = "recall_at_";

    private static readonly PageText Recall = new(
        "Share of candidate images that find an image of their own class among the {0} most similar ones.",
        "가장 비슷한 {0}개 이미지 가운데 같은 클래스의 이미지가 있는 후보 이미지의 비율입니다.");

    private static readonly Dictionary<string, PageText> Known = new(StringComparer.Ordinal)
    {
        ["fid"] = new(
            "How far apart the two sets are as a whole. 0 means no difference; it grows when images look wrong and also when kinds of images are missing.",
            "두 집합이 전체적으로 얼마나 떨어져 있는지를 나타냅니다. 0이면 차이가 없고, 이미지가 어색하거나 어떤 종류의 이미지가 빠지면 커집니다."),
        ["fid_infinity"] = new(
            "The FID that endlessly many candidate images would have, so that sets of different sizes can be compared.",
            "후보 이미지가 무한히 많을 때의 FID를 추정한 값입니다. 크기가 다른 집합끼리도 비교할 수 있습니다."),
        ["kid"] = new(
            "Distance between the two sets, like FID, but fair to small sets. About 0 means no difference.",
            "FID처럼 두 집합 사이의 거리이지만 작은 집합에도 치우치지 않습니다. 0에 가까우면 차이가 없습니다."),
        ["kid_std"] = new("How much KID varies from one random part of the sets to another.", "집합의 일부를 무작위로 골라 KID를 잴 때마다 값이 얼마나 달라지는지입니다."),
        ["cmmd"] = new(
            "Distance between the two sets that assumes nothing of their shape; meant for CLIP features. About 0 means no difference.",
            "분포의 모양을 가정하지 않는 두 집합 사이의 거리로, CLIP 특징에 알맞습니다. 0에 가까우면 차이가 없습니다."),
        ["mind"] = new("Distance between the two sets, averaged over many directions. 0 means no difference.", "여러 방향에서 잰 두 집합 사이의 거리를 평균한 값입니다. 0이면 차이가 없습니다."),
        ["precision"] = new(
            "Fidelity: the share of candidate images that look like some reference image.",
            "충실도: 어떤 참조 이미지와 닮은 후보 이미지의 비율입니다."),
        ["recall"] = new(
            "Variety: the share of reference images that the candidate set could have produced.",
            "다양성: 후보 집합이 만들어 낼 수 있는 참조 이미지의 비율입니다."),
        ["density"] = new(
            "Fidelity: how deep candidate images lie among reference images. About 1 is typical of genuine images.",
            "충실도: 후보 이미지가 참조 이미지들 사이에 얼마나 깊이 놓여 있는지입니다. 진짜 이미지라면 1 안팎입니다."),
        ["coverage"] = new(
            "Variety: the share of reference images that have a candidate image nearby. Missing kinds of images lower it.",
            "다양성: 가까이에 후보 이미지가 있는 참조 이미지의 비율입니다. 어떤 종류의 이미지가 빠지면 낮아집니다."),
        ["improved_precision"] = new(
            "Fidelity: the share of candidate images within the region that reference images occupy.", "충실도: 참조 이미지가 차지하는 영역 안에 있는 후보 이미지의 비율입니다."),
        ["improved_recall"] = new(
            "Variety: the share of reference images within the region that candidate images occupy.", "다양성: 후보 이미지가 차지하는 영역 안에 있는 참조 이미지의 비율입니다."),
        ["clipped_density"] = new(
            "Fidelity, as density, but no outlier can inflate it. 1 is as good as the reference itself.", "밀도와 같은 충실도이지만 이상치가 값을 부풀리지 못합니다. 1이면 참조 집합과 같은 수준입니다."),
        ["clipped_coverage"] = new(
            "Variety, as coverage, on a linear scale: the share of good images that would score the same.", "커버리지와 같은 다양성을 선형 눈금으로 나타냅니다. 같은 점수를 얻을 좋은 이미지의 비율입니다."),
        ["prd_f8"] = new("Variety: how much of the reference's variety the candidate has.", "다양성: 후보가 참조 집합의 다양성을 얼마나 담고 있는지입니다."),
        ["prd_f1_8"] = new("Fidelity: how much of the candidate looks like the reference.", "충실도: 후보가 참조 집합과 얼마나 닮았는지입니다."),
        ["inception_score"] = new(
            "How surely and how variedly a classifier labels the candidate images. The reference plays no part.", "분류기가 후보 이미지를 얼마나 확실하고 다양하게 분류하는지입니다. 참조 집합은 쓰지 않습니다."),
        ["inception_score_std"] = new("How much the inception score varies over parts of the set.", "집합의 부분마다 인셉션 점수가 얼마나 달라지는지입니다."),
        ["vendi"] = new("About how many truly different images the candidate set holds.", "후보 집합에 실질적으로 서로 다른 이미지가 몇 장이나 있는지입니다."),
        ["realism"] = new("How believable candidate images are on average. 1 is the border of what the reference shows; more is better.", "후보 이미지가 평균적으로 얼마나 그럴듯한지입니다. 1이 참조 집합이 보여 주는 범위의 경계이며, 클수록 좋습니다."),
        ["realism_p05"] = new("How believable the images are that only the worst 5 % fall short of.", "가장 나쁜 5%를 제외한 모든 후보 이미지가 도달하는 사실성입니다."),
        ["realism_median"] = new("How believable the middle candidate image is.", "후보 이미지의 사실성 중앙값입니다."),
        ["realism_p95"] = new("How believable the images are that only the best 5 % exceed.", "가장 좋은 5%만이 넘는 사실성입니다."),
        ["rarity"] = new("How unusual the believable candidate images are on average.", "그럴듯한 후보 이미지들이 평균적으로 얼마나 드문지입니다."),
        ["rarity_p05"] = new("How unusual the most ordinary 5 % of them are at most.", "그 가운데 가장 흔한 5%의 희소성 상한입니다."),
        ["rarity_median"] = new("How unusual the middle one of them is.", "그 희소성의 중앙값입니다."),
        ["rarity_p95"] = new("How unusual the rarest 5 % of them are at least.", "그 가운데 가장 드문 5%의 희소성 하한입니다."),
        ["rarity_out_of_manifold"] = new("Share of candidate images that look like no reference image.", "어떤 참조 이미지와도 닮지 않은 후보 이미지의 비율입니다."),
        ["authenticity"] = new("Share of candidate images that are not mere variations of one reference image.", "참조 이미지 한 장의 단순한 변형이 아닌 후보 이미지의 비율입니다."),
        ["duplicates"] = new("Share of candidate images that copy a reference image, exactly or nearly.", "참조 이미지를 똑같이 또는 거의 똑같이 복제한 후보 이미지의 비율입니다."),
        ["map_at_r"] = new("How purely an image's nearest neighbours are of its own class.", "이미지와 가장 가까운 이웃들이 얼마나 같은 클래스로 이루어져 있는지입니다."),
        ["background_gap"] = new(
            "How much better classes are told apart with their backgrounds than without. Above 0 backgrounds give the class away, below 0 they mislead.",
            "배경이 있을 때 클래스가 배경이 없을 때보다 얼마나 더 잘 구별되는지입니다. 0보다 크면 배경이 클래스를 알려 주고, 0보다 작으면 배경이 방해합니다."),
        ["background_flips"] = new("Share of images whose match depends on the background, one way or the other.", "배경이 있느냐 없느냐에 따라 짝을 찾거나 놓치는 이미지의 비율입니다."),
        ["biased_classes"] = new("Classes that depend on their backgrounds more than chance explains.", "우연으로 보기 어려울 만큼 배경에 기대는 클래스의 수입니다."),
        ["anomaly_auroc"] = new("How surely an anomalous image scores higher than a normal one. 0.5 is chance, 1 is always.", "이상 이미지가 정상 이미지보다 높은 점수를 받을 확률입니다. 0.5는 우연, 1은 항상입니다."),
        ["anomaly_rate"] = new("Share of candidate images that look stranger than nearly all of the reference.", "거의 모든 참조 이미지보다 더 이상해 보이는 후보 이미지의 비율입니다."),
        ["anomaly"] = new("How strange candidate images look on average to a generator of normal images.", "정상 이미지를 만드는 생성기가 보기에 후보 이미지가 평균적으로 얼마나 이상한지입니다."),
        ["anomaly_p05"] = new("The score that only the least strange 5 % of the candidate images stay below.", "가장 덜 이상한 5%의 후보 이미지만 밑도는 점수입니다."),
        ["anomaly_median"] = new("How strange the middle candidate image is.", "후보 이미지의 이상 점수 중앙값입니다."),
        ["anomaly_p95"] = new("The score that only the strangest 5 % of the candidate images exceed.", "가장 이상한 5%의 후보 이미지만 넘는 점수입니다."),
    };

    /// <summary>The meaning, or null for a metric that has none here: then the registry's own sentence serves.</summary>
    public static PageText? Of(string metric)
    {
        if (Known.TryGetValue(metric, out PageText? text))
        {
            return text;
        }

        return metric.StartsWith(RecallAt, StringComparison.Ordinal) && int.TryParse(metric.AsSpan(RecallAt.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int k)
            ? new PageText(Recall.In(ReportLanguage.English, k), Recall.In(ReportLanguage.Korean, k))
            : null;
    }
}
