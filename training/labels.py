"""Label inventories. The order is the order of the model's outputs; Rust's tags.rs repeats it."""
UPOS = "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split()
XPOS = ("NN IN DT NNP JJ PRP RB NNS . , VB CC VBD VBP VBZ CD VBN VBG TO MD PRP$ -RRB- -LRB- : WDT WRB `` HYPH '' POS WP RP NNPS UH JJR JJS "
        "EX RBR SYM NFP FW $ GW ADD PDT RBS LS AFX WP$ XX").split()
DEPREL = ("punct case det nsubj root amod advmod obj obl nmod conj compound cc mark aux cop advcl nmod:poss xcomp flat acl:relcl ccomp acl appos "
          "aux:pass nummod parataxis nsubj:pass nmod:unmarked obl:unmarked discourse compound:prt expl fixed iobj list obl:agent dep nmod:desc csubj "
          "nsubj:outer det:predet advcl:relcl vocative reparandum goeswith cc:preconj orphan dislocated csubj:pass csubj:outer").split()
KINDS = "PER ORG LOC FAC NORP DATE NUM WEAPON EVENT MISC".split()
NER = ["O"] + [f"{p}-{k}" for k in KINDS for p in "BI"]
POSS = ["none", "clitic", "fused"]
NER_INDEX = {n: i for i, n in enumerate(NER)}


def ner_mask(names, exact=False) -> int:
    """Bits of the labels allowed. Without `exact` a kind allows both its B and its I label."""
    bits = 0
    for n in names:
        if n == "O" or exact:
            bits |= 1 << NER_INDEX[n]
        else:
            bits |= 1 << NER_INDEX["B-" + n] | 1 << NER_INDEX["I-" + n]
    return bits
