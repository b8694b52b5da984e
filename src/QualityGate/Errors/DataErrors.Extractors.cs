namespace QualityGate.Errors;

/// <summary>Codes about data: extractors and models, QG42xx.</summary>
public static partial class DataErrors
{
    /// <summary>The model file of an extractor is not there or cannot be read.</summary>
    public static readonly ErrorCode ModelNotFound = new(
        "QG4201", "The model file cannot be read", "Check the path under `model:`; it is relative to the file it is written in.");

    /// <summary>The model file holds something else.</summary>
    public static readonly ErrorCode NotAnOnnxModel = new(
        "QG4202", "The file is not an ONNX model", "Export the network as .onnx, or fetch the file again: a download may have been cut short or be a pointer to large-file storage.");

    /// <summary>A recipe names an input or a tensor that the model does not have.</summary>
    public static readonly ErrorCode UnknownTensor = new(
        "QG4203", "The model has no tensor of that name", "Name an input of the model under `input:`, and tensors that the model computes under `outputs:`.");

    /// <summary>The model's input is not what the recipe prepares.</summary>
    public static readonly ErrorCode ModelInputMismatch = new(
        "QG4204", "The model's input does not fit the recipe", "Make `color` and `size` those of the model's input [batch, channels, height, width].");

    /// <summary>The chosen tensor is not one row of numbers an image.</summary>
    public static readonly ErrorCode ModelOutputUnusable = new(
        "QG4205", "The chosen output is not one feature vector an image", "Choose a tensor [batch, features], or add `pool: mean` for one that keeps height and width.");

    /// <summary>ONNX Runtime cannot load or run the model.</summary>
    public static readonly ErrorCode ModelCannotRun = new(
        "QG4206", "ONNX Runtime cannot run the model", "Try the model in another program that uses ONNX Runtime; export it again with operators that ONNX Runtime supports.");

    /// <summary>A file that a model keeps its constants in is missing or outside its folder.</summary>
    public static readonly ErrorCode ExternalDataUnusable = new(
        "QG4207", "The model's external data cannot be used", "Put the data files beside the .onnx file under the names they were exported with.");

    /// <summary>The device asked for is not to be had.</summary>
    public static readonly ErrorCode DeviceNotAvailable = new(
        "QG4208", "The device is not available", "Run `qualitygate doctor`, which says what is missing for a GPU, or use `--device cpu`.");

    /// <summary>A recipe contradicts itself or asks for nothing.</summary>
    public static readonly ErrorCode UnusableExtractor = new(
        "QG4209", "The extractor recipe cannot be used", "Name `features`, `logits` or both under `outputs:`, and keep the parameters of a built-in in range.");
}
