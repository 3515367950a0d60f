#!/usr/bin/env python3
"""Reads native dumps of onedump (docs/format.md). Needs the program zstd, and nothing else beside Python.

usage: read_dump.py list FILE               the tables with rows and row digest
       read_dump.py sql FILE DATABASE TABLE  the SQL that brings one table back, with its rows
       read_dump.py check FILE               reads every frame and compares it with its checksum
"""
import json
import os
import struct
import subprocess
import sys

SEEK_TABLE, INDEX, FOOTER = 0x184D2A5E, 0x184D2A50, 0x8F92EAB1


class Dump:
    def __init__(self, path):
        self.file = open(path, "rb")
        size = os.path.getsize(path)
        if size < 17:
            raise ValueError("it is too short for a native dump")
        count, descriptor, magic = struct.unpack("<IBI", self.read(size - 9, 9))
        if magic != FOOTER or descriptor != 0x80:
            raise ValueError("it does not end with a seek table: no native dump, or cut off")
        start = size - 9 - 12 * count - 8
        if start < 0 or struct.unpack("<II", self.read(start, 8)) != (SEEK_TABLE, 12 * count + 9):
            raise ValueError("its seek table is damaged")
        self.frames, offset = [], 0
        for packed, plain, checksum in struct.iter_unpack("<III", self.read(start + 8, 12 * count)):
            self.frames.append((offset, packed, plain, checksum))
            offset += packed
        if offset != start:
            raise ValueError("its frames do not add up to its size")
        offset, packed, _, _ = self.frames.pop()
        if struct.unpack("<II", self.read(offset, 8)) != (INDEX, packed - 8):
            raise ValueError("it has no table index")
        self.index = json.loads(self.read(offset + 8, packed - 8))
        if self.index["format"] != "onedump" or self.index["version"] != 1:
            raise ValueError("its table index is of a format that this does not know")

    def read(self, offset, length):
        self.file.seek(offset)
        data = self.file.read(length)
        if len(data) != length:
            raise ValueError("it is cut off")
        return data

    def sql(self, number):
        """The SQL of one frame. zstd itself compares it with the checksum in the frame."""
        offset, packed, plain, checksum = self.frames[number]
        data = self.read(offset, packed)
        if struct.unpack("<I", data[-4:])[0] != checksum:
            raise ValueError("frame %d does not end with the checksum of the seek table" % number)
        done = subprocess.run(["zstd", "-dcq"], input=data, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if done.returncode != 0 or len(done.stdout) != plain:
            raise ValueError("frame %d is damaged: %s" % (number, done.stderr.decode().strip()))
        return done.stdout

    def table(self, database, name):
        for table in self.index["tables"]:
            if (table["database"], table["name"]) == (database, name):
                return table
        raise ValueError("there is no table %s.%s in it" % (database, name))

    def frames_of_postgres(self, table):
        """The table, what belongs to it, what that needs but other tables, and the rows, as they stand in the file."""
        place, name = table["database"], table["name"]
        parts = {part["frame"]: part for part in self.index["parts"]}
        frames = [frame for frame, part in parts.items() if part["kind"] in ("head", "tail")
                  or part.get("database") == place
                  and (part.get("table") == name or part["kind"] == "table" and part["name"] == name)]
        for frame in frames:
            frames += [need for need in parts[frame].get("needs", []) if need not in frames and
                       "table" not in parts[need] and parts[need]["kind"] not in ("table", "sequence")]
        return sorted(frames + [piece[0] for piece in table["pieces"]])

    def frames_of(self, table):
        """Settings, the database, sequences and the table itself; its rows; its triggers; the settings' end."""
        if self.index["family"] == "postgres":
            return self.frames_of_postgres(table)
        before, after = [], []
        for part in self.index["parts"]:
            of_database = part.get("database") == table["database"]
            if part["kind"] == "head" or of_database and part["kind"] in ("database", "sequence") \
                    or of_database and part["kind"] == "table" and part["name"] == table["name"]:
                before.append(part["frame"])
            elif of_database and part["kind"] == "trigger" and part["table"] == table["name"] \
                    or of_database and part["kind"] == "sequence-value" or part["kind"] == "tail":
                after.append(part["frame"])
        rows = sorted(table["pieces"], key=lambda piece: (piece[1], piece[0]))
        return before + [piece[0] for piece in rows] + after


def main(arguments):
    if len(arguments) < 2 or arguments[0] not in ("list", "sql", "check"):
        sys.exit(__doc__)
    dump = Dump(arguments[1])
    if arguments[0] == "list":
        for table in dump.index["tables"]:
            print("%s.%s\t%d\t%s" % (table["database"], table["name"], table["rows"], table["digest"]))
    elif arguments[0] == "sql":
        for number in dump.frames_of(dump.table(*arguments[2:4])):
            sys.stdout.buffer.write(dump.sql(number))
    else:
        for number in range(len(dump.frames)):
            dump.sql(number)
        print("%d frames, all equal" % len(dump.frames))


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except (OSError, ValueError, KeyError) as failure:
        sys.exit("%s: %s" % (sys.argv[2] if len(sys.argv) > 2 else "read_dump.py", failure))
