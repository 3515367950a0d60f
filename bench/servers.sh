# Shared by the benchmarks: private servers on loopback in one temporary folder, medians of wall-clock times. Sourced.

# start_bench_folder NAME: sets $folder; everything in it and every process of $pids ends with the script.
start_bench_folder() {
  folder=$(mktemp -d "${TMPDIR:-/var/tmp}/onedump-bench-$1.XXXXXX")
  pids=()
  trap end_bench EXIT
  trap 'exit 130' INT TERM
}

end_bench() {
  [ ! -f "$folder/proxies" ] || xargs kill < "$folder/proxies" 2>/dev/null || true
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  for pid in "${pids[@]}"; do wait "$pid" 2>/dev/null || true; done
  rm -rf "$folder"
}

free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

await_port() { # port, log
  for _ in $(seq 1 600); do
    (exec 3<> "/dev/tcp/127.0.0.1/$1") 2>/dev/null && return
    sleep 0.05
  done
  echo "nothing listens on port $1:" >&2
  tail -5 "$2" >&2
  exit 1
}

# start_mariadb: sets $mariadb_port; root has no password; a buffer pool that holds the data, so that disks do not count.
start_mariadb() {
  mariadb_port=$(free_port)
  local data=$folder/mariadb user=()
  [ "$(id -u)" = 0 ] && user=(--user=root)
  mariadb-install-db --no-defaults "${user[@]}" --datadir="$data" --auth-root-authentication-method=normal \
    --skip-test-db > "$folder/mariadb.init.log" 2>&1
  mariadbd --no-defaults "${user[@]}" --datadir="$data" --bind-address=127.0.0.1 --port="$mariadb_port" \
    --socket="$folder/mariadb.sock" --log-error="$folder/mariadb.log" --character-set-server=utf8mb4 \
    --innodb-buffer-pool-size=2500M --innodb-log-file-size=512M --innodb-flush-log-at-trx-commit=0 --sync-binlog=0 \
    --innodb-doublewrite=0 --log-bin="$folder/mariadb-binlog" --server-id=1 --max-allowed-packet=64M \
    < /dev/null > /dev/null 2>&1 &
  pids+=($!)
  await_port "$mariadb_port" "$folder/mariadb.log"
}

# make_orders MILLIONS: a database `bench` with that many rows in four tables of different kinds.
make_orders() {
  local million=$1
  mariadb --no-defaults --default-character-set=utf8mb4 -uroot -h127.0.0.1 -P"$mariadb_port" <<SQL
set session sql_log_bin = 0;
create database bench;
use bench;
create table orders (id bigint primary key auto_increment, customer varchar(60) not null, email varchar(80),
  status enum('new', 'paid', 'shipped', 'cancelled'), amount decimal(12, 2), created datetime(3), updated timestamp null,
  note text, meta json, token binary(16));
insert into orders (customer, email, status, amount, created, updated, note, meta, token)
  select concat(elt(1 + seq % 7, 'Zoë', 'José', 'Anna', 'Bob', 'Łukasz', 'Mary', 'Chen'), ' ',
      elt(1 + (seq div 7) % 5, 'O''Brien', 'Smith', 'Müller', 'Nguyen', 'García')),
    concat('user', seq % 400000, '@example.com'), 1 + seq % 4, round(rand(seq) * 10000, 2),
    '2024-01-01' + interval seq * 17 second, if(seq % 3 = 0, null, '2024-06-01' + interval seq * 13 second),
    if(seq % 5 = 0, null, concat('Order note ', seq, ': please leave at the door; call before delivery. ',
      repeat('lorem ipsum dolor ', seq % 4))),
    json_object('sku', concat('SKU-', seq % 9973), 'qty', 1 + seq % 9, 'gift', seq % 2 = 0), unhex(md5(seq))
  from seq_1_to_$((million * 1000000 / 3));
create table readings (id int primary key, sensor int not null, pad char(60) not null, text char(120) not null);
insert into readings select seq, floor(rand() * 1000000),
    concat_ws('-', floor(rand() * 1e11), floor(rand() * 1e11), floor(rand() * 1e11), floor(rand() * 1e11)),
    concat_ws('-', floor(rand() * 1e11), floor(rand() * 1e11), floor(rand() * 1e11),
      floor(rand() * 1e11), floor(rand() * 1e11), floor(rand() * 1e11), floor(rand() * 1e11))
  from seq_1_to_$((million * 2000000 / 3));
SQL
}

# start_postgres: sets $postgres_port; everybody on loopback is trusted. The server does not run as root.
start_postgres() {
  local data=$folder/postgres as=() programs
  postgres_port=$(free_port)
  programs=$(dirname "$(find /usr/lib/postgresql -name initdb | sort -V | tail -1)")
  if [ "$(id -u)" = 0 ]; then
    as=(setpriv --reuid=postgres --regid=postgres --init-groups)
    chmod 711 "$folder"
    install -d -o postgres -g postgres -m 700 "$data"
  fi
  LC_ALL=C.UTF-8 "${as[@]}" "$programs/initdb" -D "$data" -U postgres -A trust -E UTF8 --no-sync > "$folder/postgres.init.log"
  LC_ALL=C.UTF-8 "${as[@]}" "$programs/postgres" -D "$data" -p "$postgres_port" -h 127.0.0.1 -k "$data" -c shared_buffers=1GB \
    -c max_wal_size=4GB -c fsync=off -c synchronous_commit=off -c maintenance_work_mem=128MB > "$folder/postgres.log" 2>&1 &
  pids+=($!)
  await_port "$postgres_port" "$folder/postgres.log"
  export PGHOST=127.0.0.1 PGPORT=$postgres_port PGUSER=postgres
  until psql -qc 'select 1' postgres > /dev/null 2>&1; do sleep 0.1; done
}

# make_postgres_orders MILLIONS: a database `bench` with that many rows in two tables of different kinds.
make_postgres_orders() {
  local million=$1
  psql -qX -v ON_ERROR_STOP=1 postgres -c 'create database bench'
  psql -qX -v ON_ERROR_STOP=1 bench <<SQL
select setseed(0.5);
create table orders (id bigint primary key generated by default as identity, customer varchar(60) not null, email varchar(80),
  status text, amount numeric(12, 2), created timestamp(3), updated timestamptz, note text, meta jsonb, token bytea, paid boolean);
insert into orders (customer, email, status, amount, created, updated, note, meta, token, paid)
  select (array['Zoë', 'José', 'Anna', 'Bob', 'Łukasz', 'Mary', 'Chen'])[1 + i % 7] || ' '
      || (array['O''Brien', 'Smith', 'Müller', 'Nguyen', 'García'])[1 + i / 7 % 5],
    'user' || i % 400000 || '@example.com', (array['new', 'paid', 'shipped', 'cancelled'])[1 + i % 4],
    round((random() * 10000)::numeric, 2), timestamp '2024-01-01' + i * interval '17 seconds',
    case when i % 3 > 0 then timestamptz '2024-06-01 00:00Z' + i * interval '13 seconds' end,
    case when i % 5 > 0 then 'Order note ' || i || ': please leave at the door; call before delivery. '
      || repeat('lorem ipsum dolor ', i % 4) end,
    jsonb_build_object('sku', 'SKU-' || i % 9973, 'qty', 1 + i % 9, 'gift', i % 2 = 0), decode(md5(i::text), 'hex'), i % 2 = 0
  from generate_series(1, $((million * 1000000 / 3))) i;
create table readings (id int primary key, sensor int not null, pad text not null, value double precision, text text not null);
insert into readings select i, random() * 1000000, (random() * 1e11)::bigint || '-' || (random() * 1e11)::bigint || '-'
    || (random() * 1e11)::bigint || '-' || (random() * 1e11)::bigint, random() * 1000, repeat(md5(random()::text), 4)
  from generate_series(1, $((million * 2000000 / 3))) i;
vacuum analyze;
SQL
}

# start_s3: S3Proxy over a plain folder with a bucket `bench`; sets $s3_url $s3_access $s3_secret.
start_s3() {
  local port jar=target/servers/s3proxy.jar
  [ -f "$jar" ] || mvn -q -B process-test-resources
  port=$(free_port)
  s3_url=http://127.0.0.1:$port s3_access=local-identity s3_secret=local-credential
  mkdir -p "$folder/s3/bench"
  printf '%s\n' "s3proxy.endpoint=$s3_url" s3proxy.authorization=aws-v2-or-v4 "s3proxy.identity=$s3_access" \
    "s3proxy.credential=$s3_secret" jclouds.provider=filesystem-nio2 "jclouds.filesystem.basedir=$folder/s3" > "$folder/s3.conf"
  LOG_LEVEL=warn java -Xmx512m -jar "$jar" --properties "$folder/s3.conf" > "$folder/s3.log" 2>&1 &
  pids+=($!)
  await_port "$port" "$folder/s3.log"
}

# start_cloud: imitated Drive and Dropbox; sets $drive and $dropbox, each a port, a port for HTTPS_PROXY and an access token.
start_cloud() {
  local words
  java -Xmx512m -cp "target/test-classes:$home/lib/*" io.onedump.servers.CloudServers > "$folder/cloud" 2> "$folder/cloud.log" &
  pids+=($!)
  for _ in $(seq 1 600); do [ -s "$folder/cloud" ] && break; sleep 0.05; done
  read -ra words < "$folder/cloud"
  drive=("${words[@]:0:3}") dropbox=("${words[@]:3:3}")
}

# start_sshd: key login with $folder/ssh/client; sets $ssh_port. Its shells start in an empty home folder, so that nobody's
# start files count.
start_sshd() {
  ssh_port=$(free_port)
  mkdir -p "$folder/ssh" "$folder/home"
  for key in host client; do ssh-keygen -q -t ed25519 -N '' -f "$folder/ssh/$key"; done
  [ "$(id -u)" = 0 ] && mkdir -p /run/sshd
  printf '%s\n' "Port $ssh_port" 'ListenAddress 127.0.0.1' "HostKey $folder/ssh/host" 'PidFile none' \
    "AuthorizedKeysFile $folder/ssh/client.pub" 'StrictModes no' 'UsePAM no' 'PasswordAuthentication no' \
    'PermitRootLogin prohibit-password' 'Subsystem sftp internal-sftp' \
    "SetEnv HOME=$folder/home" > "$folder/ssh/config"
  /usr/sbin/sshd -D -e -f "$folder/ssh/config" 2> "$folder/sshd.log" &
  pids+=($!)
  await_port "$ssh_port" "$folder/sshd.log"
}

# trust_sshd_at PORT: in $folder/ssh/known_hosts.
trust_sshd_at() {
  echo "[127.0.0.1]:$1 $(cut -d' ' -f1,2 "$folder/ssh/host.pub")" >> "$folder/ssh/known_hosts"
}

# delayed PORT MILLISECONDS: prints the port by which that one is so far away.
delayed() {
  if [ "$2" = 0 ]; then echo "$1"; return; fi
  java -cp target/test-classes io.onedump.servers.LatencyProxy "$1" "$2" > "$folder/proxy.$1.$2" &
  echo $! >> "$folder/proxies"
  until [ -s "$folder/proxy.$1.$2" ]; do sleep 0.1; done
  cat "$folder/proxy.$1.$2"
}

aws_s3() {
  AWS_ACCESS_KEY_ID=$s3_access AWS_SECRET_ACCESS_KEY=$s3_secret AWS_DEFAULT_REGION=us-east-1 AWS_EC2_METADATA_DISABLED=true \
    aws --endpoint-url "$s3_url" s3 "$@" > /dev/null
}

# measure FUNCTION: one run; keeps its seconds, by the clock and of processor, and prints them.
measure() {
  local TIMEFORMAT='%R %U %S' wall user system
  sync
  { time "$1" > "$folder/last.out" 2>&1; } 2> "$folder/last.time" \
    || { echo "$1 failed:" >&2; tail -20 "$folder/last.out" >&2; exit 1; }
  read -r wall user system < <(tail -1 "$folder/last.time")
  echo "$wall" >> "$folder/times.$1"
  awk -v u="$user" -v s="$system" 'BEGIN { print u + s }' >> "$folder/cpu.$1"
  printf '%-14s %6s s, processor %6s s   load %s\n' "$1" "$wall" "$(tail -1 "$folder/cpu.$1")" "$(cut -d' ' -f1 /proc/loadavg)"
}

# median FUNCTION [cpu]
median() {
  sort -n "$folder/${2:-times}.$1" | awk '{ t[NR] = $1 } END { print NR % 2 ? t[(NR + 1) / 2] : (t[NR / 2] + t[NR / 2 + 1]) / 2 }'
}

# report REFERENCE NAME...
report() {
  local name reference=$1
  for name in "$@"; do
    awk -v name="$name" -v first="$reference" -v m="$(median "$name")" -v n="$(median "$reference")" 'BEGIN { printf "%-14s median %6.2f s = %.2f x %s\n", name, m, m / n, first }'
  done
}

# s3_delegate: options of a `storage` step for the bucket of start_s3.
s3_delegate() {
  cat <<YAML
              delegate: aws2-s3:bench
              accessKey: $s3_access
              secretKey: $s3_secret
              region: us-east-1
              overrideEndpoint: "true"
              uriEndpointOverride: $s3_url
              forcePathStyle: "true"
YAML
}

# native_job ID DELEGATE DUMPER DSN: a job in $folder/routes that dumps as bench.sql, for onedump_job.
native_job() {
  cat > "$folder/routes/$1.camel.yaml" <<YAML
- route:
    id: $1
    group: job
    from:
      uri: direct:$1
      steps:
        - to:
            uri: dump
            parameters:
              dumper: $3
              dsn: "$4"
              fileName: ${5:-bench.sql}${6:+
              spool: false
        - to:
            uri: encrypt:age
            parameters:
              recipients: $6}
        - to:
            uri: checksum:sha256
        - to:
            uri: storage
            parameters:
$2
YAML
  printf 'onedump.work-directory=%s/work\n' "$folder" > "$folder/application.properties"
}

# onedump_job VERB ID [ARGUMENT...]
onedump_job() {
  local verb=$1 id=$2
  shift 2
  "$home/bin/onedump" "$verb" --config "$folder/routes/$id.camel.yaml" --properties "$folder/application.properties" --job "$id" "$@"
}
