namespace QualityGate.Onnx.Weights.Pickle;

/// <summary>The opcodes of Python's pickle format that state dicts are made of (protocols 2 to 5).</summary>
internal static class PickleOpcode
{
    public const byte Protocol = 0x80;
    public const byte Frame = 0x95;
    public const byte Stop = (byte)'.';
    public const byte None = (byte)'N';
    public const byte True = 0x88;
    public const byte False = 0x89;
    public const byte Int32 = (byte)'J';
    public const byte Int8 = (byte)'K';
    public const byte Int16 = (byte)'M';
    public const byte Long1 = 0x8A;
    public const byte Double = (byte)'G';
    public const byte Unicode = (byte)'X';
    public const byte ShortUnicode = 0x8C;
    public const byte Bytes = (byte)'B';
    public const byte ShortBytes = (byte)'C';
    public const byte ShortString = (byte)'U';
    public const byte Mark = (byte)'(';
    public const byte EmptyDictionary = (byte)'}';
    public const byte EmptyList = (byte)']';
    public const byte EmptyTuple = (byte)')';
    public const byte Tuple = (byte)'t';
    public const byte Tuple1 = 0x85;
    public const byte Tuple2 = 0x86;
    public const byte Tuple3 = 0x87;
    public const byte Append = (byte)'a';
    public const byte Appends = (byte)'e';
    public const byte SetItem = (byte)'s';
    public const byte SetItems = (byte)'u';
    public const byte Pop = (byte)'0';
    public const byte PopMark = (byte)'1';
    public const byte Put8 = (byte)'q';
    public const byte Put32 = (byte)'r';
    public const byte Memoize = 0x94;
    public const byte Get8 = (byte)'h';
    public const byte Get32 = (byte)'j';
    public const byte Global = (byte)'c';
    public const byte StackGlobal = 0x93;
    public const byte PersistentId = (byte)'Q';
    public const byte Reduce = (byte)'R';
    public const byte Build = (byte)'b';
}
