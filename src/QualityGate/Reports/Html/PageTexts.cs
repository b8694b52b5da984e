namespace QualityGate.Reports.Html;

/// <summary>Every text that a page itself says, in each language. Meanings of metrics are in <see cref="MetricMeanings"/>, names of scores in <see cref="ScoreNames"/>.</summary>
internal static class PageTexts
{
    public static readonly PageText LanguageTag = new("en", "ko");
    public static readonly PageText Title = new("Quality report", "품질 보고서");
    public static readonly PageText SkipLink = new("Skip to the content", "본문으로 건너뛰기");
    public static readonly PageText Contents = new("Contents", "목차");
    public static readonly PageText NoScript = new(
        "Plots need JavaScript. Everything else, the numbers behind each plot included, is on this page without it.",
        "그래프를 보려면 자바스크립트가 필요합니다. 그래프의 바탕이 되는 숫자를 포함한 나머지 내용은 자바스크립트 없이도 볼 수 있습니다.");

    public static readonly PageText Reference = new("reference", "참조");
    public static readonly PageText Candidate = new("candidate", "후보");
    public static readonly PageText Set = new("set", "집합");
    public static readonly PageText Yes = new("yes", "예");
    public static readonly PageText No = new("no", "아니요");
    public static readonly PageText LowerIsBetter = new("lower is better", "낮을수록 좋음");
    public static readonly PageText HigherIsBetter = new("higher is better", "높을수록 좋음");

    public static readonly PageText Pass = new("Pass", "통과");
    public static readonly PageText Warn = new("Warning", "경고");
    public static readonly PageText Fail = new("Fail", "실패");
    public static readonly PageText Inconclusive = new("Inconclusive", "판단 불가");
    public static readonly PageText Measured = new("Measured", "측정됨");
    public static readonly PageText CannotJudge = new("Cannot judge", "판정할 수 없음");

    public static readonly PageText FailSentence = new("{0} of {1} gates breached.", "게이트 {1}개 가운데 {0}개를 위반했습니다.");
    public static readonly PageText FailUnclearSentence = new("{0} of {1} gates could not be decided, which this spec counts as a failure.", "게이트 {1}개 가운데 {0}개를 판단할 수 없으며, 이 명세는 이를 실패로 봅니다.");
    public static readonly PageText InconclusiveSentence = new("{0} of {1} gates could not be decided.", "게이트 {1}개 가운데 {0}개를 판단할 수 없습니다.");
    public static readonly PageText WarnSentence = new("{0} of {1} gates breached, at the level of a warning.", "게이트 {1}개 가운데 {0}개를 경고 수준에서 위반했습니다.");
    public static readonly PageText PassSentence = new("All gates ({0}) are within their limits.", "게이트 {0}개가 모두 한도 안에 있습니다.");
    public static readonly PageText MeasuredSentence = new("Metrics measured: {0}. No limits were judged.", "지표 {0}개를 측정했습니다. 한도는 판정하지 않았습니다.");
    public static readonly PageText CannotJudgeSentence = new("Something kept this run from being judged.", "이 실행은 문제가 있어 판정하지 못했습니다.");
    public static readonly PageText SampleSentence = new("Only a random sample of the images was measured.", "이미지의 무작위 표본만 측정했습니다.");
    public static readonly PageText Breached = new("Breached", "위반");
    public static readonly PageText Compared = new("{0} candidate images ({1}) were compared with {2} reference images ({3}).", "후보 이미지 {0}장({1})을 참조 이미지 {2}장({3})과 비교했습니다.");

    public static readonly PageText Problems = new("What to fix first", "먼저 해결할 문제");

    public static readonly PageText Gates = new("Gates", "게이트");
    public static readonly PageText GatesLead = new(
        "A gate is a limit on a metric. The shaded part of each scale is allowed, the line is the limit, the dot is this run.",
        "게이트는 지표에 둔 한도입니다. 눈금에서 칠해진 부분이 허용 범위, 세로선이 한도, 점이 이번 실행입니다.");
    public static readonly PageText GatesInterval = new("The bar across a dot is where the true value probably lies.", "점을 가로지르는 막대는 참값이 있을 법한 구간입니다.");
    public static readonly PageText GateMin = new("at least {0}", "{0} 이상");
    public static readonly PageText GateMax = new("at most {0}", "{0} 이하");
    public static readonly PageText GateMaxIncrease = new("may rise by {0} at most", "증가 폭 {0} 이내");
    public static readonly PageText GateMaxDecrease = new("may fall by {0} at most", "감소 폭 {0} 이내");
    public static readonly PageText GateSentence = new("{0} is {1}; required: {2}.", "{0} 값은 {1}입니다. 요구 조건: {2}.");
    public static readonly PageText GateBaseline = new("Accepted before: {0}.", "이전에 받아들인 값은 {0}입니다.");
    public static readonly PageText GateUnjudged = new("There is no baseline to compare with yet.", "아직 비교할 기준선이 없습니다.");
    public static readonly PageText GateIntervalSentence = new("The true value is probably between {0} and {1}.", "참값은 {0}에서 {1} 사이에 있을 가능성이 높습니다.");
    public static readonly PageText GateWorstClass = new("worst class: {0}", "가장 나쁜 클래스: {0}");
    public static readonly PageText GateClass = new("class {0}", "클래스 {0}");
    public static readonly PageText GatesUnlisted = new("And {0} more classes that passed.", "이 밖에 {0}개 클래스가 통과했습니다.");
    public static readonly PageText Limit = new("limit", "한도");
    public static readonly PageText Baseline = new("baseline", "기준선");

    public static readonly PageText Metrics = new("Metrics", "지표");
    public static readonly PageText MetricsLead = new(
        "No single number sees everything: fidelity says whether images look right, variety whether all kinds of images are there.",
        "하나의 숫자가 모든 것을 보지는 못합니다. 충실도는 이미지가 제대로 보이는지를, 다양성은 모든 종류의 이미지가 있는지를 말해 줍니다.");
    public static readonly PageText Metric = new("Metric", "지표");
    public static readonly PageText Value = new("Value", "값");
    public static readonly PageText Uncertainty = new("Uncertainty", "불확실성");
    public static readonly PageText Before = new("Baseline", "기준선");
    public static readonly PageText Change = new("Change", "변화");
    public static readonly PageText NotComputed = new("not computed", "계산하지 못함");
    public static readonly PageText Better = new("better", "나아짐");
    public static readonly PageText Worse = new("worse", "나빠짐");
    public static readonly PageText Same = new("same", "같음");

    public static readonly PageText Trends = new("Trends", "추이");
    public static readonly PageText TrendsLead = new(
        "Each accepted baseline in order, and this run at the end. The dashed line is a gate's limit.",
        "받아들인 기준선을 순서대로, 맨 끝에 이번 실행을 보여 줍니다. 점선은 게이트의 한도입니다.");
    public static readonly PageText TrendSummary = new("{0} over {1} accepted runs and this one: from {2} to {3}.", "받아들인 실행 {1}번과 이번 실행의 {0}: {2}에서 {3}.");
    public static readonly PageText When = new("When", "시점");
    public static readonly PageText Commit = new("Commit", "커밋");
    public static readonly PageText ThisRun = new("this run", "이번 실행");

    public static readonly PageText Map = new("Map of both sets", "두 집합의 지도");
    public static readonly PageText MapLead = new(
        "Each point is an image; similar images are near each other. Where only one colour is, the other set has nothing similar.",
        "점 하나가 이미지 한 장이고, 비슷한 이미지는 서로 가까이 있습니다. 한 가지 색만 있는 곳에는 다른 집합에 비슷한 이미지가 없습니다.");
    public static readonly PageText MapComponents = new("Principal components", "주성분");
    public static readonly PageText MapNeighbours = new("Neighbourhoods (t-SNE)", "이웃 관계 (t-SNE)");
    public static readonly PageText MapProjection = new("Projection", "투영");
    public static readonly PageText MapColour = new("Colour", "색");
    public static readonly PageText MapBySet = new("by set", "집합별");
    public static readonly PageText MapByClass = new("by class", "클래스별");
    public static readonly PageText MapSummary = new(
        "{0} reference and {1} candidate images in two dimensions; the two principal components hold {2} of the variance.",
        "참조 이미지 {0}장과 후보 이미지 {1}장을 2차원에 나타냈습니다. 두 주성분이 전체 분산의 {2}를 담습니다.");
    public static readonly PageText MapSample = new("A random sample of {0} reference and {1} candidate images.", "참조 이미지 {0}장과 후보 이미지 {1}장에서 뽑은 무작위 표본입니다.");
    public static readonly PageText MapNeighboursNote = new(
        "t-SNE keeps neighbours together; distances between far groups and sizes of groups mean nothing.", "t-SNE는 이웃을 가까이 모읍니다. 멀리 떨어진 무리 사이의 거리나 무리의 크기에는 의미가 없습니다.");
    public static readonly PageText MapClick = new("Choose a point to see its image. Drag to move, Ctrl and the wheel to zoom, double-click to go back.", "점을 고르면 이미지를 볼 수 있습니다. 끌면 이동, Ctrl과 휠로 확대, 두 번 누르면 처음으로 돌아갑니다.");
    public static readonly PageText Group = new("Group", "무리");
    public static readonly PageText Points = new("Points", "점");
    public static readonly PageText CentreFirst = new("Mean, 1st component", "제1주성분 평균");
    public static readonly PageText CentreSecond = new("Mean, 2nd component", "제2주성분 평균");
    public static readonly PageText Component = new("component", "주성분");

    public static readonly PageText Balance = new("Fidelity and variety", "충실도와 다양성");
    public static readonly PageText BalanceLead = new(
        "Up is more faithful, right is more varied. The upper right corner is best.",
        "위로 갈수록 충실하고 오른쪽으로 갈수록 다양합니다. 오른쪽 위 모서리가 가장 좋습니다.");
    public static readonly PageText Fidelity = new("fidelity", "충실도");
    public static readonly PageText Variety = new("variety", "다양성");
    public static readonly PageText PlaneTitle = new("Fidelity against variety", "충실도 대 다양성");
    public static readonly PageText PlaneSummary = new("{0} {1}, {2} {3}.", "{0} {1}, {2} {3}.");
    public static readonly PageText Pair = new("Pair", "쌍");
    public static readonly PageText Run = new("Run", "실행");
    public static readonly PageText CurveTitle = new("Precision and recall for distributions (PRD)", "분포의 정밀도와 재현율 (PRD)");
    public static readonly PageText CurveSummary = new(
        "The closer the curve comes to the upper right corner, the better. Of {0} points on it, the most balanced one has precision {1} and recall {2}.",
        "곡선이 오른쪽 위 모서리에 가까울수록 좋습니다. 곡선 위의 점 {0}개 가운데 가장 균형 잡힌 점의 정밀도는 {1}, 재현율은 {2}입니다.");
    public static readonly PageText Precision = new("precision", "정밀도");
    public static readonly PageText Recall = new("recall", "재현율");

    public static readonly PageText Scores = new("Scores of single images", "이미지별 점수");
    public static readonly PageText ScoresLead = new("How the candidate images are spread.", "후보 이미지들의 분포입니다.");
    public static readonly PageText RealismTitle = new("Realism", "사실성");
    public static readonly PageText RealismMeaning = new(
        "An image at 1 or more is believable: it is as near to a reference image as its neighbours are. Further right is better.",
        "1 이상이면 그럴듯한 이미지입니다. 참조 이미지의 이웃만큼 가까이 있다는 뜻입니다. 오른쪽일수록 좋습니다.");
    public static readonly PageText RarityTitle = new("Rarity", "희소성");
    public static readonly PageText RarityMeaning = new(
        "How sparse the reference is around a believable image. A long right tail means unusual yet believable images.",
        "그럴듯한 이미지 주변에 참조 이미지가 얼마나 드문지입니다. 오른쪽 꼬리가 길면 드물지만 그럴듯한 이미지가 있다는 뜻입니다.");
    public static readonly PageText HistogramSummary = new("{0} images between {1} and {2}; most are near {3}.", "이미지 {0}장이 {1}에서 {2} 사이에 있고, {3} 부근에 가장 많습니다.");
    public static readonly PageText HistogramWithout = new("{0} images look like no reference image and have no such score.", "어떤 참조 이미지와도 닮지 않아 이 점수가 없는 이미지가 {0}장 있습니다.");
    public static readonly PageText From = new("From", "이상");
    public static readonly PageText To = new("To", "미만");
    public static readonly PageText Images = new("Images", "이미지 수");

    public static readonly PageText Galleries = new("Images to look at", "살펴볼 이미지");
    public static readonly PageText GalleriesLead = new("Choose an image for its path and scores.", "이미지를 고르면 경로와 점수를 볼 수 있습니다.");
    public static readonly PageText GalleryCount = new("{0} of {1}", "{1}장 중 {0}장");
    public static readonly PageText NoPicture = new("no picture", "그림 없음");
    public static readonly PageText PictureOf = new("{0} image {1}", "{0} 이미지 {1}");

    public static readonly PageText Classes = new("By class", "클래스별");
    public static readonly PageText ClassesLead = new("The same metrics within each class.", "각 클래스 안에서 잰 같은 지표입니다.");
    public static readonly PageText ClassesWorst = new("The {0} worst of {1} classes by {2}.", "{2} 기준으로 클래스 {1}개 가운데 가장 나쁜 {0}개입니다.");
    public static readonly PageText Class = new("class", "클래스");

    public static readonly PageText Anomalies = new("Strangest images", "가장 이상한 이미지");
    public static readonly PageText AnomaliesLead = new(
        "Each image beside the nearest one that a generator of normal images makes, and where the two differ. Bright is a large difference.",
        "각 이미지 옆에 정상 이미지를 만드는 생성기의 가장 가까운 이미지와 두 이미지가 다른 곳을 보여 줍니다. 밝을수록 차이가 큽니다.");
    public static readonly PageText AnomalyImage = new("Image", "이미지");
    public static readonly PageText AnomalyNearest = new("Nearest normal", "가장 가까운 정상");
    public static readonly PageText AnomalyResidual = new("Difference", "차이");
    public static readonly PageText AnomalyScore = new("Score", "점수");

    public static readonly PageText Tables = new("Tables", "표");
    public static readonly PageText TableRows = new("The first {0} of {1} rows.", "{1}행 가운데 처음 {0}행입니다.");

    public static readonly PageText Provenance = new("Where this comes from", "출처");
    public static readonly PageText ProvenanceLead = new("With the same inputs the same tool gives the same numbers.", "같은 입력이면 같은 도구가 같은 숫자를 냅니다.");
    public static readonly PageText Tool = new("Tool", "도구");
    public static readonly PageText Spec = new("Spec", "명세");
    public static readonly PageText Extractor = new("Feature extractor", "특징 추출기");
    public static readonly PageText ReferenceSet = new("Reference", "참조 집합");
    public static readonly PageText CandidateSet = new("Candidate", "후보 집합");
    public static readonly PageText SetCount = new("images: {0}", "이미지 {0}장");
    public static readonly PageText SetSample = new("a random sample of {0} out of {1} images", "이미지 {1}장 중 {0}장의 무작위 표본");
    public static readonly PageText SetSkipped = new("{0} unreadable left out", "읽을 수 없는 {0}장 제외");
    public static readonly PageText BaselineAccepted = new("accepted {0}, on {1} images", "{0}에 이미지 {1}장으로 받아들임");
    public static readonly PageText BaselineLookup = new("Baseline looked for", "기준선을 찾은 곳");
    public static readonly PageText Parameters = new("Definitions", "정의");
    public static readonly PageText Timings = new("Seconds", "걸린 시간(초)");
    public static readonly PageText Notes = new("Notes", "참고");
    public static readonly PageText NoEvidence = new(
        "This page was made from a saved result, which holds no pictures, points or scores of single images. For those, run the check or measurement itself with --output html=FILE.",
        "이 페이지는 저장된 결과로 만들었으며, 저장된 결과에는 그림과 점, 이미지별 점수가 없습니다. 그것까지 보려면 check나 measure를 --output html=파일 옵션과 함께 실행하십시오.");

    public static readonly PageText Numbers = new("The numbers of this plot", "이 그래프의 숫자");
    public static readonly PageText Scrollable = new("{0}, scrolls sideways", "{0}, 옆으로 스크롤");

    public static readonly PageText Close = new("Close", "닫기");
    public static readonly PageText Previous = new("Previous", "이전");
    public static readonly PageText Next = new("Next", "다음");
    public static readonly PageText Path = new("path", "경로");

    /// <summary>The texts that scripts show, by the names they know them by.</summary>
    public static IReadOnlyList<(string Name, PageText Text)> OfScripts { get; } =
    [
        ("reference", Reference), ("candidate", Candidate), ("fidelity", Fidelity), ("variety", Variety), ("precision", Precision), ("recall", Recall),
        ("images", Images), ("baseline", Baseline), ("thisRun", ThisRun), ("limit", Limit), ("set", Set), ("class", Class), ("component", Component),
        ("path", Path), ("noPicture", NoPicture), ("pair", Pair), ("run", Run), ("when", When), ("value", Value),
    ];
}
