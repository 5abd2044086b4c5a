-- The inverted index: 64-bit hashes → stories, in packed buckets, in epochs that expire whole.
-- A hash is 8 bytes, big-endian: its high half chooses the bucket, its low half is the posting's score. A member is the
-- low half and the story's 8 bytes: unique in its bucket, 12 bytes in a packed (ziplist) zset.
--   P index:EPOCH         string  2 windows  number of buckets, fixed when the epoch opens
--   P index:EPOCH:size    string  2 windows  postings written
--   P index:EPOCH:BUCKET  zset    2 windows  postings
--   P story:ID            hash    2 windows  state, changes, coverage, seen (s), printed; into, once merged
--   P coverage:ID         hash    2 windows  story → its origin: its agencies, else its publisher
local CAP = 100          -- a list longer than this is no evidence, and stops growing
local FIRST_BUCKETS = 16384
local PER_BUCKET = 48    -- mean postings: a bucket stays under the packing limit of 128

local AHEAD = 7200       -- clocks of two workers may differ by as much, and still see each other's stories

local function epochs(P, now_s, window)
  local epoch, found = math.floor((now_s + AHEAD) / window), {}
  for e = epoch, math.floor(now_s / window) - 1, -1 do
    local buckets = redis.call('GET', P .. 'index:' .. e)
    if buckets then found[#found + 1] = {P .. 'index:' .. e .. ':', tonumber(buckets)} end
  end
  return found
end

-- The stories of one posting list, each once; none when the list is over its cap.
local function listed(open, hashes, at)
  local high, low = struct.unpack('>I4I4', hashes, at)
  local stories, seen = {}, {}
  for _, epoch in ipairs(open) do
    for _, member in ipairs(redis.call('ZRANGEBYSCORE', epoch[1] .. (high % epoch[2]), low, low)) do
      local story = string.sub(member, 5)
      if not seen[story] then
        seen[story] = true
        stories[#stories + 1] = story
      end
    end
  end
  if #stories > CAP then return {} end
  return stories
end

local function tally(open, hashes, weigh)
  local scores = {}
  for at = 1, #hashes, 8 do
    local stories = listed(open, hashes, at)
    local weight = weigh(#stories)
    for _, story in ipairs(stories) do scores[story] = (scores[story] or 0) + weight end
  end
  return scores
end

local function raw_of(id)
  return (string.gsub(string.sub(id, 2), '..', function(h) return string.char(tonumber(h, 16)) end))
end

local function hex(raw)
  return (string.gsub(raw, '.', function(c) return string.format('%02x', string.byte(c)) end))
end

-- The best `most` of `scores` that reach `least`, added to `chosen`.
local function choose(chosen, scores, least, most)
  local order = {}
  for story, score in pairs(scores) do
    if score >= least then order[#order + 1] = story end
  end
  table.sort(order, function(a, b)
    if scores[a] ~= scores[b] then return scores[a] > scores[b] end
    return a < b
  end)
  for i = 1, math.min(most, #order) do chosen[order[i]] = true end
end

-- The story that this one is by now: itself, unless it was merged.
local function living(P, id)
  local into = redis.call('HGET', P .. 'story:' .. id, 'into')
  while into do
    id = into
    into = redis.call('HGET', P .. 'story:' .. id, 'into')
  end
  return id
end

-- The coverage that this one is by now: that of its first story, where that was merged.
local function covering(P, coverage)
  local centre = 's' .. string.sub(coverage, 2)
  local remains = living(P, centre)
  if remains == centre then return coverage end
  local moved = redis.call('HGET', P .. 'story:' .. remains, 'coverage')
  if not moved or moved == coverage then return coverage end
  return covering(P, moved)
end

-- What an article may be a printing of. Returns the view, a string that changes when any of it changes, and the reply:
-- {{id, coverage, exact, shingles, anchors, state}, …}, {{coverage, {story, origin, …}}, …}
local function look_up(P, now_s, window, exact, shingles, anchors, least_anchors, most)
  local open = epochs(P, now_s, window)
  local one = function() return 1 end
  local e, s = tally(open, exact, one), tally(open, shingles, one)
  local a = tally(open, anchors, function(df) return 1 - math.log(math.max(df, 1)) / math.log(CAP) end)
  local chosen = {}
  choose(chosen, e, 1, most)
  choose(chosen, s, 2, most)
  choose(chosen, a, least_anchors, most)

  -- A story that was merged is found under each of its former ids: the best counts.
  local ids, scores = {}, {}
  for raw in pairs(chosen) do
    local id = living(P, 's' .. hex(raw))
    if not scores[id] then
      scores[id] = {0, 0, 0}
      ids[#ids + 1] = id
    end
    for i, score in ipairs({e[raw] or 0, s[raw] or 0, a[raw] or 0}) do
      scores[id][i] = math.max(scores[id][i], score)
    end
  end
  table.sort(ids)

  local view, candidates, coverages, centres, known = {}, {}, {}, {}, {}
  local function take(id)
    known[id] = true
    local story = redis.call('HMGET', P .. 'story:' .. id, 'changes', 'coverage', 'seen', 'state')
    if not story[1] or now_s - tonumber(story[3]) > window then return nil end
    local coverage = covering(P, story[2])
    local score = scores[id] or {0, 0, 0}
    view[#view + 1] = id .. ':' .. story[1]
    candidates[#candidates + 1] = {id, coverage, score[1], score[2], tostring(score[3]), story[4]}
    return coverage
  end
  for _, id in ipairs(ids) do
    local coverage = take(id)
    if coverage and not coverages[coverage] then
      coverages[coverage] = true
      centres[#centres + 1] = coverage
    end
  end
  local origins = {}
  for _, coverage in ipairs(centres) do
    local centre = 's' .. string.sub(coverage, 2)
    if not known[centre] then
      local raw = raw_of(centre)
      scores[centre] = {0, 0, a[raw] or 0}
      take(centre)
    end
    local stories = redis.call('HGETALL', P .. 'coverage:' .. coverage)
    view[#view + 1] = coverage .. ':' .. (#stories / 2)
    origins[#origins + 1] = {coverage, stories}
  end
  return table.concat(view, ' '), {candidates, origins}
end

-- Writes a story's postings into the open epoch, opening it if need be.
local function post(P, now_s, window, story, hashes)
  local epoch = math.floor(now_s / window)
  local key, keep = P .. 'index:' .. epoch, window * 2
  local buckets = tonumber(redis.call('GET', key) or 0)
  if buckets == 0 then
    local last = tonumber(redis.call('GET', P .. 'index:' .. (epoch - 1) .. ':size') or 0)
    buckets = math.max(FIRST_BUCKETS, math.ceil(last / PER_BUCKET))
    redis.call('SET', key, buckets, 'EX', keep)
    redis.call('SET', key .. ':size', 0, 'EX', keep)
  end
  local written = 0
  for at = 1, #hashes, 8 do
    local high, low = struct.unpack('>I4I4', hashes, at)
    local bucket = key .. ':' .. (high % buckets)
    if redis.call('ZCOUNT', bucket, low, low) <= CAP then
      written = written + redis.call('ZADD', bucket, low, struct.pack('>I4', low) .. story)
      if redis.call('TTL', bucket) < 0 then redis.call('EXPIRE', bucket, keep) end
    end
  end
  redis.call('INCRBY', key .. ':size', written)
end

-- Takes a story's postings for these hashes out of every open epoch.
local function unpost(P, now_s, window, story, hashes)
  for _, epoch in ipairs(epochs(P, now_s, window)) do
    for at = 1, #hashes, 8 do
      local high, low = struct.unpack('>I4I4', hashes, at)
      redis.call('ZREM', epoch[1] .. (high % epoch[2]), struct.pack('>I4', low) .. story)
    end
  end
end
