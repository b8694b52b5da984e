using QualityGate.Specs;

namespace QualityGate.Features.Models;

/// <summary>The models that can be added by name.</summary>
public static class KnownModels
{
    private const string ImageNetNote = "BSD-3-Clause (torchvision); trained on ImageNet, whose images are for non-commercial research";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<KnownModel> All { get; } =
    [
        Of("inception-v3-fid", "pt_inception-2015-12-05-6726825d.pth", "https://github.com/mseitzer/pytorch-fid/releases/download/fid_weights/pt_inception-2015-12-05-6726825d.pth", "6726825d", 95_628_359, "Apache-2.0 (pytorch-fid, from the TensorFlow graph of 2015)"),
        Of("vgg16", "vgg16-397923af.pth", "https://download.pytorch.org/models/vgg16-397923af.pth", "397923af", 553_433_881, ImageNetNote),
        Of("dinov2-vits14", "dinov2_vits14_pretrain.pth", "https://dl.fbaipublicfiles.com/dinov2/dinov2_vits14/dinov2_vits14_pretrain.pth", "", 88_300_000, "Apache-2.0 (DINOv2)"),
        Of("dinov2-vitb14", "dinov2_vitb14_pretrain.pth", "https://dl.fbaipublicfiles.com/dinov2/dinov2_vitb14/dinov2_vitb14_pretrain.pth", "", 346_400_000, "Apache-2.0 (DINOv2)"),
        Of("dinov2-vitl14", "dinov2_vitl14_pretrain.pth", "https://dl.fbaipublicfiles.com/dinov2/dinov2_vitl14/dinov2_vitl14_pretrain.pth", "", 1_217_600_000, "Apache-2.0 (DINOv2)"),
        Of("clip-vit-b32", "clip-vit-b32.safetensors", "https://huggingface.co/openai/clip-vit-base-patch32/resolve/main/model.safetensors", "", 605_200_000, "MIT (OpenAI CLIP); its model card advises against untested deployment"),
        Of("clip-vit-l14", "clip-vit-l14.safetensors", "https://huggingface.co/openai/clip-vit-large-patch14/resolve/main/model.safetensors", "", 1_710_500_000, "MIT (OpenAI CLIP); its model card advises against untested deployment"),
        Of("clip-vit-l14-336", "clip-vit-l14-336.safetensors", "https://huggingface.co/openai/clip-vit-large-patch14-336/resolve/main/model.safetensors", "", 1_711_900_000, "MIT (OpenAI CLIP); its model card advises against untested deployment"),
    ];

    /// <summary>The model of a name, or null.</summary>
    /// <param name="name">A name such as <c>inception-v3-fid</c>.</param>
    public static KnownModel? Find(string name) => All.FirstOrDefault(m => m.Name == name);

    private static KnownModel Of(string name, string file, string source, string sha256, long bytes, string licence) =>
        new(name, file, new Uri(source), sha256, bytes, licence, DownloadableModels.RecipesOf(name), NetworkConversion.Of(name));
}
