"""The command line: build, annotate, geocode."""
from __future__ import annotations
import argparse, sys
from pathlib import Path

def main(argv=None):
    p=argparse.ArgumentParser(prog='gazetteer'); sub=p.add_subparsers(dest='cmd',required=True)
    a=sub.add_parser('annotate'); a.add_argument('input',type=Path); a.add_argument('output',type=Path); a.add_argument('--codebook',type=Path); a.add_argument('--workers',type=int,default=1)
    args=p.parse_args(argv)
    from gazetteer import codebook, documents, annotation
    from gazetteer.index_build import ready
    from gazetteer.pipeline import Reader
    sources,problems=documents.find_sources(args.input)
    cb=codebook.read(codebook.find(args.input,args.codebook))
    r=Reader(ready(),cb)
    args.output.mkdir(parents=True,exist_ok=True)
    for s in sources:
        d,pr=documents.read(s); x=r.read(d)
        (args.output/(d.id+'.json')).write_text(annotation.to_json(x.document,cb.first_actor,x.resolutions,x.timexes,x.observations),'utf-8')
    return 0
