using QualityGate.Errors;
using QualityGate.Images;

namespace QualityGate.Tests.Images;

/// <summary>Looks at the memory of the whole process, so it runs while no other test does.</summary>
[Collection(Alone)]
public sealed class DecodingMemoryTests
{
    public const string Alone = "alone";

    [Fact]
    public void Decoding_leaks_no_memory_even_when_it_fails()
    {
        byte[] jpeg = TestImages.Bytes("jpeg-420.jpg");
        byte[] cut = jpeg[..(jpeg.Length * 7 / 10)];
        DecodeMany(jpeg, cut, 200);
        long before = Environment.WorkingSet;

        DecodeMany(jpeg, cut, 2000);

        // An image and its loader take some 70 KB in the library: one lost reference would cost 140 MB here.
        Assert.InRange(Environment.WorkingSet - before, long.MinValue, 60L << 20);
    }

    private static void DecodeMany(byte[] good, byte[] bad, int count)
    {
        for (int i = 0; i < count; i++)
        {
            ImageDecoder.Decode(good, "good").Dispose();
            Assert.Throws<UserErrorException>(() => ImageDecoder.Decode(bad, "bad"));
        }
    }
}

/// <summary>Tests that run one after another when all others are done.</summary>
[CollectionDefinition(DecodingMemoryTests.Alone, DisableParallelization = true)]
public sealed class AloneDefinition;
