import { Script } from './script';

/**
 * Applies entries in order, up to the first with events missing before it. Keys and
 * arguments are read in turn; see `apply-call.ts`, which writes them.
 *
 * Answers nothing when all are applied, else the stream that has the gap, its revision, and that
 * of the entry. What has no group comes without entries, and is written whatever was before.
 */
export const applyScript = new Script(`
local call, KEYS, ARGV = redis.call, KEYS, ARGV
local shownChannel, accessChannel, refusesOverlap = ARGV[1], ARGV[2], ARGV[3] == '1'
local isGuarded = ARGV[4] == '1'
local nextKey, nextArg = 1, 5
local shown, announced, gap = {}, {}, nil

local function key()
  nextKey = nextKey + 1
  return KEYS[nextKey - 1]
end

local function arg()
  nextArg = nextArg + 1
  return ARGV[nextArg - 1]
end

local write = {}

function write.put()
  local row = key()
  call('DEL', row)
  call('HSET', row, '', arg())
end

function write.merge()
  local count = tonumber(arg())
  call('HSET', key(), unpack(ARGV, nextArg, nextArg + count - 1))
  nextArg = nextArg + count
end

-- The same sort key again replaces: members are the sort key, a zero byte and the row.
local function list(index, sortKey, row)
  local member = sortKey .. '\\0' .. row
  if call('ZADD', index, 0, member) == 0 then return end
  local from, to = '[' .. sortKey .. '\\0', '(' .. sortKey .. '\\1'
  if call('ZLEXCOUNT', index, from, to) == 1 then return end
  for _, other in ipairs(call('ZRANGEBYLEX', index, from, to)) do
    if other ~= member then call('ZREM', index, other) end
  end
end

function write.list()
  local index, sortKey = key(), arg()
  list(index, sortKey, arg())
end

-- Where a part is listed: for each index its key, how many sort keys, and these. The keys of
-- indexes are read here instead of given, since only the store knows them: all are of one slot.
local function eachPlace(stored, visit)
  local places = cmsgpack.unpack(stored)
  for index, sortKeys in pairs(places) do
    for _, sortKey in ipairs(sortKeys) do visit(index, sortKey) end
  end
end

local function set(stored, into)
  eachPlace(stored, function(index, sortKey) into[index .. '\\0' .. sortKey] = true end)
end

function write.relist()
  local parts, row, part, count = key(), arg(), arg(), tonumber(arg())
  local before = call('HGET', parts, part)
  local places, kept = {}, {}
  for _ = 1, count do
    local index, sortKey = key(), arg()
    local sortKeys = places[index] or {}
    places[index] = sortKeys
    sortKeys[#sortKeys + 1] = sortKey
    kept[index .. '\\0' .. sortKey] = true
    list(index, sortKey, row)
  end
  if count == 0 then call('HDEL', parts, part)
  else call('HSET', parts, part, cmsgpack.pack(places)) end
  if not before then return end
  local others = nil
  eachPlace(before, function(index, sortKey)
    local place = index .. '\\0' .. sortKey
    if kept[place] then return end
    if not others then
      others = {}
      for _, stored in ipairs(call('HVALS', parts)) do set(stored, others) end
    end
    if not others[place] then call('ZREM', index, sortKey .. '\\0' .. row) end
  end)
end

function write.remove()
  local rowKey, parts, row = key(), key(), arg()
  for _, stored in ipairs(call('HVALS', parts)) do
    eachPlace(stored, function(index, sortKey) call('ZREM', index, sortKey .. '\\0' .. row) end)
  end
  call('DEL', rowKey, parts)
end

function write.announce()
  announced[#announced + 1] = arg()
end

local function entry()
  local stream, first, last = arg(), tonumber(arg()), arg()
  local endKey, endArg = tonumber(arg()), tonumber(arg())
  local revisionKey = key()
  local stored = call('GET', revisionKey) or '-1'
  local expected = tonumber(stored) + 1
  if tonumber(last) < expected then
    nextKey, nextArg = endKey, endArg
  elseif first > expected or (refusesOverlap and first < expected) then
    gap = { stream, stored, tostring(first) }
  else
    while nextArg < endArg do write[arg()]() end
    call('SET', revisionKey, last)
    shown[#shown + 1] = stream .. ' ' .. last
  end
end

while not gap and nextArg <= #ARGV do
  if isGuarded then entry() else write[arg()]() end
end
for _, row in ipairs(announced) do call('PUBLISH', accessChannel, row) end
if #shown > 0 then call('PUBLISH', shownChannel, table.concat(shown, '\\n')) end
return gap
`);
