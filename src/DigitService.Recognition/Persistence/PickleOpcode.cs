namespace DigitService.Recognition.Persistence;

/// <summary>
/// The opcodes of Python's pickle that a state dictionary needs, of protocols 2 to 5. Those that
/// build objects of arbitrary classes (INST, OBJ, NEWOBJ, EXT1 and the like) are left out on purpose.
/// </summary>
internal enum PickleOpcode : byte
{
    Mark = (byte)'(',
    Stop = (byte)'.',
    BinInt = (byte)'J',
    BinInt1 = (byte)'K',
    BinInt2 = (byte)'M',
    BinFloat = (byte)'G',
    BinUnicode = (byte)'X',
    BinPersistentId = (byte)'Q',
    BinGet = (byte)'h',
    LongBinGet = (byte)'j',
    BinPut = (byte)'q',
    LongBinPut = (byte)'r',
    None = (byte)'N',
    EmptyList = (byte)']',
    Append = (byte)'a',
    Appends = (byte)'e',
    EmptyTuple = (byte)')',
    Tuple = (byte)'t',
    EmptyDictionary = (byte)'}',
    SetItem = (byte)'s',
    SetItems = (byte)'u',
    Global = (byte)'c',
    Reduce = (byte)'R',
    Build = (byte)'b',
    Protocol = 0x80,
    Tuple1 = 0x85,
    Tuple2 = 0x86,
    Tuple3 = 0x87,
    NewTrue = 0x88,
    NewFalse = 0x89,
    Long1 = 0x8A,
    Long4 = 0x8B,
    ShortBinUnicode = 0x8C,
    BinUnicode8 = 0x8D,
    StackGlobal = 0x93,
    Memoize = 0x94,
    Frame = 0x95,
}
