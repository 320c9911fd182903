using System.Text;
using EtsPersist.Mmf.Native.Layout;
using EtsPersist.Mmf.Native.Memory;

namespace EtsPersist.Mmf.Native;

/// <summary>
/// The name in the file is for whoever has it open; what is found under a name, the name of the file decides. So a rename is the rename of the file,
/// and this word follows it: a kill between the two leaves open handles that tell the old name until the next manager has read the directory.
/// </summary>
public sealed unsafe partial class TableFile
{
    private ulong _nameWord = NotSeen;
    private string _name = "";

    /// <summary>The table's name as it stands; a rename shows in every open handle.</summary>
    public string Name
    {
        get
        {
            var word = new NameWord(ProcessMemory.Read(&_space.Header->Renamed));
            if (word.Bits != _nameWord)
                ReadName(word);
            GC.KeepAlive(this);
            return _name;
        }
    }

    /// <summary>Manager: writes the name that the file has got. The new name goes into the area that does not count, then one store makes it count.</summary>
    public void SetName(string name)
    {
        RequireName(name);
        RequireWritable();
        var word = new NameWord(ProcessMemory.Read(&_space.Header->Renamed)).Next(name.Length);
        Encoding.ASCII.GetBytes(name, new Span<byte>(NameArea(word), TableGeometry.MaximumNameBytes));
        ProcessMemory.Write(&_space.Header->Renamed, word.Bits); // pairs with ReadName
        GC.KeepAlive(this);
    }

    private void ReadName(NameWord word)
    {
        while (true)
        {
            var header = _space.Header;
            var name = word.Length == 0
                ? Encoding.ASCII.GetString(header->Name, (int)Math.Min(header->NameBytes, TableGeometry.MaximumNameBytes))
                : Encoding.ASCII.GetString(NameArea(word), Math.Min(word.Length, TableGeometry.MaximumNameBytes));
            ProcessMemory.ReadBarrier();
            var after = new NameWord(ProcessMemory.Read(&header->Renamed));
            if (after.Bits == word.Bits)
            {
                _name = name;
                Volatile.Write(ref _nameWord, word.Bits); // last; whoever sees it sees the name
                if (_context is not null)
                    _context.Name = name;
                return;
            }
            word = after;
        }
    }

    private byte* NameArea(NameWord word) => _space.Header->NameAreas + (word.Area * TableHeader.NameAreaBytes);
}
