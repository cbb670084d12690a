#!/usr/bin/env python3
"""How long the search for pages that came before takes in a caisse of many: 200,000 invented prints of one year, of which
a tenth quotes two dates that stand on every copy of its form, and one person in a hundred sends a page a day.

    tools/dev-db &   many_prints.py postgresql:///pleiade?host=...  [pages]

Makes the schema and the prints (seeded: the same each time), then asks for 40 of them as if each came a second time, and prints the
median and the longest time of the two statements together, what they read, and how often the pli was found. ADR 0018 has the figures.
"""
import json
import pathlib
import statistics
import subprocess
import sys

root = pathlib.Path(__file__).resolve().parents[3]

generator = """
set session_replication_role = replica; -- what states and references ask is not measured here
select setseed(0.42);
insert into caisse values ('061', 'Caisse');
insert into lot (caisse_id, source, channel, received_at) values ('061', 'lot', 'post', now());
create temp table made as
select n as id, floor(random() * 20)::int as form,
    case when random() < 0.01 then 0 else 1 + floor(random() * 60000)::int end as person,
    date '2026-01-01' + floor(random() * 365)::int as came, floor(random() * 1e9)::int as salt
from generate_series(1, {pages}) n;
insert into pli (pli_id, caisse_id, lot_id, name, channel, received_at, state) overriding system value
select id, '061', 1, 'lot/' || id || '.tif', 'post', came + interval '12 hours', 'delivered' from made;
insert into page (page_id, caisse_id, pli_id, page_index, lot_file_id, file_index, state) overriding system value
select id, '061', id, 0, id, 0, 'read' from made;
insert into document (document_id, caisse_id, pli_id, position, type, confidence, decided_by, service, corbeille, priority,
    deadline_days, clear_days, due_on, state) overriding system value
select id, '061', id, 1, 'AAT', 1, 'auto', 'S', 'C', 5, 5, false, came, 'confirmed' from made;
insert into document_page select id, id, '061', 0 from made;
insert into page_print (page_id, caisse_id, document_id, picture, numbers, firm, words)
select id, '061', id, md5(id::text) || md5(id::text || 'x'),
    array(select hashtext('print ' || form || ' ' || k) from generate_series(1, 20) k)
        || array(select hashtext('filled ' || salt || ' ' || k) from generate_series(1, 8) k),
    array[hashtext('nir ' || person)],
    array(select hashtext('word ' || form || ' ' || k) from generate_series(1, 40) k)
from made;
insert into page_band
select distinct '061', band, came, id
from made cross join lateral unnest(
    array[hashtext('nir ' || person), hashtext('dates ' || person || ' ' || came),
        hashtext('dates ' || came || ' ' || salt % 7), hashtext('dates ' || salt)]
    || case when form < 2 then array[hashtext('law ' || form)] else '{{}}' end) band;
set session_replication_role = default;
vacuum analyze;
"""


def ask(url, text):
    return subprocess.run(["psql", "-XqAt", "-v", "ON_ERROR_STOP=1", url], input=text, capture_output=True, text=True, check=True).stdout


def statement(name, *values):
    text = (root / "store/sql" / f"{name}.sql").read_text()
    for at, value in reversed(list(enumerate(values, 1))):
        text = text.replace(f"${at}", value)
    return text


def explained(url, text):
    plan = json.loads(ask(url, "explain (analyze, buffers, format json) " + text))[0]
    return plan["Execution Time"] + plan["Planning Time"], plan["Plan"]["Shared Hit Blocks"] + plan["Plan"]["Shared Read Blocks"]


def main():
    url = sys.argv[1]
    pages = int(sys.argv[2]) if len(sys.argv) > 2 else 200000
    ask(url, (root / "store/schema.sql").read_text())
    ask(url, generator.format(pages=pages))
    millis, blocks, found = [], [], 0
    for page in range(7, pages, pages // 40):
        bands = "'" + ask(url, f"select array_agg(band) from page_band where page_id = {page}").strip() + "'"
        day = "'" + ask(url, f"select received_on from pli where pli_id = {page}").strip() + "'"
        caisses = "'{061,000}'"
        asked = statement("similar_plis", bands, "0", caisses, day)
        plis = ask(url, asked).split()
        found += str(page) in plis
        prints = statement("prints_of_plis", "'{" + ",".join(plis) + "}'", caisses)
        parts = [explained(url, asked), explained(url, prints)]
        millis.append(sum(part[0] for part in parts))
        blocks.append(sum(part[1] for part in parts))
    size = ask(url, "select pg_size_pretty(pg_total_relation_size('page_band')), pg_size_pretty(pg_total_relation_size('page_print'))").strip()
    print(f"{pages} prints, {len(millis)} asked: found {found}; {statistics.median(millis):.1f} ms (longest {max(millis):.1f}), "
          f"{statistics.median(blocks):.0f} blocks (most {max(blocks)}); bands and prints take {size}")


if __name__ == "__main__":
    main()
