using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using QualityGate.Onnx;
using QualityGate.Specs;

namespace QualityGate.Numerics.Engine;

/// <summary>One Gemm node, <c>left right^T</c> or <c>left^T right</c>, ready to run on matrices of any size.</summary>
internal sealed unsafe class GemmSession : IDisposable
{
    private const string Left = "left";
    private const string Right = "right";
    private readonly InferenceSession _session;
    private readonly TensorElementType _type;
    private readonly string _product;

    public GemmSession(OnnxElementType type, bool transposeLeft, int threads, ComputeDevice device = default)
    {
        _type = type == OnnxElementType.Double ? TensorElementType.Double : TensorElementType.Float;
        var graph = new GraphBuilder("matrix-product");
        graph.Input(Left, type, "left_rows", "left_columns");
        graph.Input(Right, type, "right_rows", "right_columns");
        _product = graph.Gemm(Left, Right, bias: null, transposeLeft, transposeRight: !transposeLeft);
        graph.Output(_product, type, "rows", "columns");

        // The node writes into the caller's memory, so an arena would only hold on to nothing. Spinning threads would take the
        // processor from whoever works on the previous block meanwhile.
        using var options = new SessionOptions
        {
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            EnableCpuMemArena = false,
            EnableMemoryPattern = false,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        CudaProvider.Apply(options, device);
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        _session = new InferenceSession(graph.ToModelBytes(), options);
    }

    public void Run<T>(
        ReadOnlySpan<T> left, long[] leftShape, ReadOnlySpan<T> right, long[] rightShape, Span<T> product, long[] productShape)
        where T : unmanaged
    {
        fixed (T* leftPointer = left, rightPointer = right, productPointer = product)
        {
            using OrtValue leftValue = Wrap(leftPointer, left.Length, leftShape);
            using OrtValue rightValue = Wrap(rightPointer, right.Length, rightShape);
            using OrtValue productValue = Wrap(productPointer, product.Length, productShape);
            using var options = new RunOptions();
            _session.Run(options, [Left, Right], [leftValue, rightValue], [_product], [productValue]);
        }
    }

    public void Dispose() => _session.Dispose();

    private OrtValue Wrap<T>(T* pointer, int length, long[] shape)
        where T : unmanaged =>
        OrtValue.CreateTensorValueWithData(OrtMemoryInfo.DefaultInstance, _type, shape, (IntPtr)pointer, (long)length * sizeof(T));
}
