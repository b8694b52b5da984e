using QualityGate.Errors;
using QualityGate.Numerics.Engine;
using QualityGate.Specs;
using QualityGate.Tool.Commands;

namespace QualityGate.Tests.Numerics;

public sealed class ComputeDeviceTests
{
    [Theory]
    [InlineData("auto", ComputeDeviceKind.Auto, 0)]
    [InlineData("cpu", ComputeDeviceKind.Cpu, 0)]
    [InlineData("cuda", ComputeDeviceKind.Cuda, 0)]
    [InlineData("cuda:3", ComputeDeviceKind.Cuda, 3)]
    public void A_device_reads_back_as_it_was_written(string text, ComputeDeviceKind kind, int index)
    {
        Assert.True(ComputeDevice.TryParse(text, out ComputeDevice device));
        Assert.Equal(new ComputeDevice(kind, index), device);
        Assert.Equal(text, device.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("gpu")]
    [InlineData("CUDA")]
    [InlineData("cuda:")]
    [InlineData("cuda:-1")]
    [InlineData("cuda: 1")]
    [InlineData("cuda:64")]
    [InlineData("cpu:0")]
    public void Anything_else_is_no_device(string? text) => Assert.False(ComputeDevice.TryParse(text, out _));

    [Fact]
    public void Without_a_provider_auto_is_the_processor_and_a_GPU_by_name_is_an_error_that_says_what_to_set()
    {
        Assert.Null(OnnxRuntimeFolder.Path);
        Assert.Equal(ComputeDevice.Cpu, CudaProvider.Resolve(ComputeDevice.Auto));
        Assert.Equal(ComputeDevice.Cpu, CudaProvider.Resolve(ComputeDevice.Cpu));
        var error = Assert.Throws<UserErrorException>(() => CudaProvider.Resolve(new ComputeDevice(ComputeDeviceKind.Cuda, 1)));
        Assert.Equal(DataErrors.DeviceNotAvailable, error.Code);
        Assert.StartsWith("Device `cuda:1` cannot be used: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_diagnosis_names_each_missing_part_on_a_line_of_its_own()
    {
        using var output = new StringWriter();
        GpuDiagnosis.Write(output, () => "no driver", library => library == "libcudnn.so.9", "/ort", "/ort/libonnxruntime_providers_cuda.so");
        string[] lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal("GPU           not used: no driver", lines[0]);
        Assert.Equal("provider    /ort/libonnxruntime_providers_cuda.so", lines[1]);
        Assert.StartsWith("driver      MISSING: libcuda.so.1; ", lines[2], StringComparison.Ordinal);
        Assert.StartsWith("CUDA 13     MISSING: libcudart.so.13; ", lines[3], StringComparison.Ordinal);
        Assert.StartsWith("cuBLAS 13   MISSING: libcublas.so.13; ", lines[4], StringComparison.Ordinal);
        Assert.Equal("cuDNN 9     libcudnn.so.9", lines[5]);
    }

    [Theory]
    [InlineData(null, null, "GPU           not used: QUALITYGATE_ORT_DIR is not set (docs/gpu.md)")]
    [InlineData("/ort", null, "GPU           cuda works")]
    public void Nothing_is_said_of_parts_that_are_not_asked_for_or_that_work(string? folder, string? provider, string line)
    {
        using var output = new StringWriter();
        GpuDiagnosis.Write(output, () => null, _ => false, folder, provider);
        Assert.Equal(line, output.ToString().Trim());
    }
}
