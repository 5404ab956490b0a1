/**
 * What Redis does in one step each, in its own language. A row is a hash: owner `o`, holder `h`,
 * payload `p` (JSON) and `q`, its place in the order of claims; the key's own time to live is the
 * lease. Whatever changes a row publishes that in the same step, so that all servers hear of all
 * changes in the one order in which they were made:
 *
 * ```text
 * ["put", token, key, order, left, owner, holder, payload]
 * ["renewed", token, [key, left, key, left, …]]
 * ["removed", token, key]
 * ```
 *
 * `token` is a word for the very call, `left` the lease in milliseconds.
 *
 * @module
 */

const PUBLISH_ROW = `
  local function enter(order, left)
    redis.call('DEL', KEYS[1])
    redis.call('HSET', KEYS[1], 'o', ARGV[3], 'h', ARGV[4], 'p', ARGV[5], 'q', order)
    redis.call('PEXPIRE', KEYS[1], left)
    redis.call('PUBLISH', ARGV[1],
      cjson.encode({'put', ARGV[2], KEYS[1], order, left, ARGV[3], ARGV[4], ARGV[5]}))
  end`;

export const REDIS_SCRIPTS = {
  /**
   * KEYS: row, counter. ARGV: channel, token, owner, holder, payload, lease.
   * Returns `taken`, `claimed`, or `replaced` with the former holder, payload and time left.
   */
  claim: `${PUBLISH_ROW}
  local was = redis.call('HMGET', KEYS[1], 'o', 'h', 'p')
  if was[1] and was[1] ~= ARGV[3] then return {'taken'} end
  local left = redis.call('PTTL', KEYS[1])
  enter(redis.call('INCR', KEYS[2]), tonumber(ARGV[6]))
  if was[1] then return {'replaced', was[2], was[3], left} end
  return {'claimed'}`,

  /**
   * Claims again what its holder has held while it was cut off. KEYS, ARGV: as of claim.
   * Returns 0 where another has it now. Where the holder has it still, only its lease may grow.
   */
  reclaim: `${PUBLISH_ROW}
  local holder = redis.call('HGET', KEYS[1], 'h')
  if holder and holder ~= ARGV[4] then return 0 end
  local left = tonumber(ARGV[6])
  if not holder then
    enter(redis.call('INCR', KEYS[2]), left)
  elseif redis.call('PTTL', KEYS[1]) < left then
    redis.call('PEXPIRE', KEYS[1], left)
    redis.call('PUBLISH', ARGV[1], cjson.encode({'renewed', ARGV[2], {KEYS[1], left}}))
  end
  return 1`,

  /**
   * KEYS: rows. ARGV: channel, token, then holder and lease of each row. Returns 1 for each row
   * that its holder holds, else 0.
   */
  renew: `
  local kept, told = {}, {}
  for i, row in ipairs(KEYS) do
    local left = tonumber(ARGV[2 * i + 2])
    kept[i] = 0
    if redis.call('HGET', row, 'h') == ARGV[2 * i + 1] then
      redis.call('PEXPIRE', row, left)
      kept[i] = 1
      told[#told + 1] = row
      told[#told + 1] = left
    end
  end
  if #told > 0 then redis.call('PUBLISH', ARGV[1], cjson.encode({'renewed', ARGV[2], told})) end
  return kept`,

  /** KEYS: row. ARGV: channel, token, holder. Returns 1 where it was removed. */
  release: `
  if redis.call('HGET', KEYS[1], 'h') ~= ARGV[3] then return 0 end
  redis.call('DEL', KEYS[1])
  redis.call('PUBLISH', ARGV[1], cjson.encode({'removed', ARGV[2], KEYS[1]}))
  return 1`,

  /** KEYS: rows. Returns key, owner, holder, payload, order and time left of each that is there. */
  read: `
  local rows = {}
  for _, key in ipairs(KEYS) do
    local row = redis.call('HMGET', key, 'o', 'h', 'p', 'q')
    if row[1] then
      rows[#rows + 1] = {key, row[1], row[2], row[3], tonumber(row[4]), redis.call('PTTL', key)}
    end
  end
  return rows`,
} as const;

export type ScriptName = keyof typeof REDIS_SCRIPTS;
