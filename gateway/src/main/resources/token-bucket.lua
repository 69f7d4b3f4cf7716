-- Takes one token of a bucket that refills evenly.
-- KEYS[1] bucket; ARGV[1] size; ARGV[2] milliseconds in which an empty bucket becomes full
-- Answers {1 when taken, whole tokens left, milliseconds until the next token}
local size = tonumber(ARGV[1])
local window = tonumber(ARGV[2])
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)

local bucket = redis.call('HMGET', KEYS[1], 'tokens', 'at')
local tokens = tonumber(bucket[1]) or size
local at = tonumber(bucket[2]) or now
tokens = math.min(size, tokens + math.max(0, now - at) * size / window)

local taken = 0
if tokens >= 1 then
    tokens = tokens - 1
    taken = 1
end
redis.call('HSET', KEYS[1], 'tokens', tostring(tokens), 'at', string.format('%.0f', now))
redis.call('PEXPIRE', KEYS[1], window)

local wait = 0
if taken == 0 then
    wait = math.ceil((1 - tokens) * window / size)
end
return {taken, math.floor(tokens), wait}
