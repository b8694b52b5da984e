namespace QualityGate.Reports.Html;

/// <summary>What each kind of gallery is called and what its images have in common.</summary>
internal static class GalleryTexts
{
    private static readonly Dictionary<GalleryKind, (PageText Title, PageText Meaning)> All = new()
    {
        [GalleryKind.Blamed] = (
            new("Images that make {0} worse", "{0} 값을 나쁘게 하는 이미지"),
            new("Candidate images with the largest bad effect on {0}, the worst first. More images like these would move it further the wrong way.",
                "{0}에 가장 나쁜 영향을 주는 후보 이미지입니다. 이런 이미지가 늘면 값이 더 나빠집니다.")),
        [GalleryKind.BlamedReference] = (
            new("Reference images behind {0}", "{0} 값의 원인이 되는 참조 이미지"),
            new("Reference images that pull {0} the wrong way the most: the candidate set answers them badly.",
                "{0} 값을 가장 크게 나쁘게 하는 참조 이미지입니다. 후보 집합이 이 이미지들을 잘 따라가지 못합니다.")),
        [GalleryKind.OutOfManifold] = (
            new("Look like no reference image", "어떤 참조 이미지와도 닮지 않음"),
            new("Candidate images outside everything that the reference shows, the least believable first, each beside the reference image nearest to it.",
                "참조 집합이 보여 주는 범위를 벗어난 후보 이미지를 가장 어색한 것부터, 가장 가까운 참조 이미지와 나란히 보여 줍니다.")),
        [GalleryKind.Lacking] = (
            new("What the candidate lacks", "후보에 없는 종류"),
            new("Reference images that no candidate image comes near, grouped by what they look like: the image in the middle of each group, with how many it stands for. Largest group first.",
                "가까이에 후보 이미지가 없는 참조 이미지를 생김새에 따라 묶어, 묶음마다 가운데 이미지와 장수를 큰 묶음부터 보여 줍니다.")),
        [GalleryKind.Uncovered] = (
            new("Missing from the candidate", "후보에 빠져 있음"),
            new("Reference images that no candidate image comes near, the loneliest first. They show which kinds of images are not being made.",
                "가까이에 후보 이미지가 없는 참조 이미지를 가장 외딴 것부터 보여 줍니다. 어떤 종류의 이미지가 만들어지지 않는지 알 수 있습니다.")),
        [GalleryKind.Duplicates] = (
            new("Copies of reference images", "참조 이미지의 복제"),
            new("Candidate images that repeat a reference image, exactly or nearly, each beside the one that it repeats.",
                "참조 이미지를 똑같이 또는 거의 똑같이 되풀이한 후보 이미지를 원래 이미지와 나란히 보여 줍니다.")),
        [GalleryKind.Repeated] = (
            new("Made more than once", "여러 번 만들어짐"),
            new("Candidate images that are there several times, byte for byte. One of each is shown, with how often it occurs.",
                "후보 집합에 똑같은 파일로 여러 번 들어 있는 이미지입니다. 한 장씩만 보여 주고 몇 번 나오는지 적었습니다.")),
        [GalleryKind.Rarest] = (
            new("Rarest believable images", "드물지만 그럴듯한 이미지"),
            new("Candidate images that are believable although the reference has few like them, the rarest first.",
                "참조 집합에 비슷한 이미지가 적은데도 그럴듯한 후보 이미지를 가장 드문 것부터 보여 줍니다.")),
    };

    /// <summary>Title and meaning of a kind.</summary>
    public static (PageText Title, PageText Meaning) Of(GalleryKind kind) => All[kind];
}
