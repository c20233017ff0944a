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
function write.list()
  local index, sortKey, member = key(), arg(), nil
  member = sortKey .. '\\0' .. arg()
  if call('ZADD', index, 0, member) == 0 then return end
  local from, to = '[' .. sortKey .. '\\0', '(' .. sortKey .. '\\1'
  if call('ZLEXCOUNT', index, from, to) == 1 then return end
  for _, other in ipairs(call('ZRANGEBYLEX', index, from, to)) do
    if other ~= member then call('ZREM', index, other) end
  end
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
