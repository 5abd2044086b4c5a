-- The inverted index: 64-bit hashes → stories, in packed buckets, in epochs that expire whole.
-- A hash is 8 bytes, big-endian: its high half chooses the bucket, 31 bits of its low half are the posting's score (one of
-- 32 bits takes eight bytes). A member is the hash's last byte and the story's 8 bytes: some 19 bytes a posting in a packed
-- (ziplist) zset. Two hashes of one story that share bucket and last byte are one posting: of 150 hashes in 16,384 buckets
-- one in 56,000.
--   P index:EPOCH         string  2 windows  number of buckets, fixed when the epoch opens
--   P index:EPOCH:size    string  2 windows  postings written
--   P index:writes        string  for ever   steps that wrote to index or stories
--   P index:EPOCH:BUCKET  zset    2 windows  postings
-- After story.lua.
local CAP = 80           -- a list longer than this is no evidence, and stops growing
local COMMON = 100       -- what stands in so many stories would weigh nothing
local FIRST_BUCKETS = 16384
local PER_BUCKET = 36    -- mean postings: with a full list a bucket stays under the packing limit of 128

local AHEAD = 7200       -- clocks of two workers may differ by as much, and still see each other's stories

-- The bucket of a hash in an epoch, its score, and what tells it from the story's others there.
local function place_of(hashes, at)
  local high, low = struct.unpack('>I4I4', hashes, at)
  return high, low % 2147483648, string.sub(hashes, at + 7, at + 7)
end

local function epochs(P, now_s, window)
  local epoch, found = math.floor((now_s + AHEAD) / window), {}
  for e = epoch, math.floor(now_s / window) - 1, -1 do
    local buckets = redis.call('GET', P .. 'index:' .. e)
    if buckets then found[#found + 1] = {P .. 'index:' .. e .. ':', tonumber(buckets)} end
  end
  return found
end

-- For each story the sum, over the posting lists that it stands in, of what a list of that length weighs; a list over its
-- cap is no evidence. Where such lists are many (two thirds of the anchors among 100,000 stories; of the shingles next to
-- none), they are counted before they are read.
local function tally(open, hashes, weights, may_be_full)
  local scores, sub, call = {}, string.sub, redis.call
  for at = 1, #hashes, 8 do
    local high, low = place_of(hashes, at)
    local stories, seen, count = {}, {}, 0
    for _, epoch in ipairs(open) do
      local bucket = epoch[1] .. (high % epoch[2])
      if may_be_full and call('ZCOUNT', bucket, low, low) > CAP then
        count = CAP + 1 -- not worth reading
        break
      end
      local members = call('ZRANGEBYSCORE', bucket, low, low)
      for i = 1, #members do
        local story = sub(members[i], 2)
        if not seen[story] then
          seen[story] = true
          count = count + 1
          stories[count] = story
        end
      end
    end
    if count > 0 and count <= CAP then
      local weight = weights[count]
      for i = 1, count do scores[stories[i]] = (scores[stories[i]] or 0) + weight end
    end
  end
  return scores
end

local EVEN, RARE = {}, {} -- what a list of n stories weighs: each the same; 1 when unique and 0 when common
for n = 1, CAP do
  EVEN[n] = 1
  RARE[n] = 1 - math.log(n) / math.log(COMMON)
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

-- How many steps have written to index and stories: while it stands still, so does every view.
local function writes(P)
  return redis.call('GET', P .. 'index:writes') or '0'
end

local function wrote(P)
  redis.call('INCR', P .. 'index:writes')
end

-- What an article may be a printing of. Returns the view, a string that begins with `writes` and whose rest changes when
-- any of it changes, and the reply:
-- {{coverage, exact, shingles, anchors, state}, …}
local function look_up(P, now_s, window, exact, shingles, anchors, least_anchors, most)
  local open = epochs(P, now_s, window)
  local e, s, a = tally(open, exact, EVEN), tally(open, shingles, EVEN), tally(open, anchors, RARE, true)
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
    local story = read_story(P, id)
    if not story or now_s - story.seen > window then return nil end
    local coverage = covering(P, story.coverage)
    local score = scores[id] or {0, 0, 0}
    view[#view + 1] = id .. ':' .. story.changes
    candidates[#candidates + 1] = {coverage, score[1], score[2], tostring(score[3]), story.state}
    return coverage
  end
  for _, id in ipairs(ids) do
    local coverage = take(id)
    if coverage and not coverages[coverage] then
      coverages[coverage] = true
      centres[#centres + 1] = coverage
    end
  end
  for _, coverage in ipairs(centres) do
    local centre = 's' .. string.sub(coverage, 2)
    if not known[centre] then
      scores[centre] = {0, 0, a[raw_of(centre)] or 0}
      take(centre)
    end
    view[#view + 1] = coverage .. ':' .. redis.call('HLEN', P .. 'coverage:' .. coverage)
  end
  return writes(P) .. ' ' .. table.concat(view, ' '), candidates
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
    local high, low, last = place_of(hashes, at)
    local bucket = key .. ':' .. (high % buckets)
    local held = redis.call('ZCARD', bucket)
    if held <= CAP or redis.call('ZCOUNT', bucket, low, low) <= CAP then
      written = written + redis.call('ZADD', bucket, low, last .. story)
      if held == 0 then redis.call('EXPIRE', bucket, keep) end
    end
  end
  redis.call('INCRBY', key .. ':size', written)
end

-- Takes a story's postings for these hashes out of every open epoch.
local function unpost(P, now_s, window, story, hashes)
  for _, epoch in ipairs(epochs(P, now_s, window)) do
    for at = 1, #hashes, 8 do
      local high, _, last = place_of(hashes, at)
      redis.call('ZREM', epoch[1] .. (high % epoch[2]), last .. story)
    end
  end
end
