"""The encoder in PyTorch. Module names are the tensor names of models/FORMAT.md."""
import torch
import torch.nn.functional as F
from torch import nn


def gelu(x):
    """The tanh form: x * sigmoid(2 * sqrt(2/pi) * (x + 0.044715 x^3)); the C code does the same."""
    return F.gelu(x, approximate="tanh")


class Layer(nn.Module):
    """One post-LN transformer layer."""

    def __init__(self, hidden, heads, ffn, eps, dropout):
        super().__init__()
        self.heads, self.dropout = heads, dropout
        self.qkv = nn.Linear(hidden, 3 * hidden)
        self.out = nn.Linear(hidden, hidden)
        self.norm1 = nn.LayerNorm(hidden, eps)
        self.ffn1 = nn.Linear(hidden, ffn)
        self.ffn2 = nn.Linear(ffn, hidden)
        self.norm2 = nn.LayerNorm(hidden, eps)

    def drop(self, x):
        return F.dropout(x, self.dropout, self.training)

    def forward(self, x, mask):
        b, n, d = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4)
        mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.norm1(x + self.drop(self.out(mixed.transpose(1, 2).reshape(b, n, d))))
        return self.norm2(x + self.drop(self.ffn2(gelu(self.ffn1(x)))))


class Encoder(nn.Module):
    """Pieces and shapes to vectors. Word embeddings are frozen, already rounded to what the int8 file can hold."""

    def __init__(self, config, dropout):
        super().__init__()
        hidden, eps = config["hidden"], config["eps"]
        self.dropout = dropout
        self.word = nn.Embedding(config["vocabulary"], hidden)
        self.word.weight.requires_grad_(False)
        self.position = nn.Embedding(config["positions"], hidden)
        self.shape = nn.Embedding(config["shapes"], hidden)
        self.norm = nn.LayerNorm(hidden, eps)
        self.layer = nn.ModuleList(Layer(hidden, config["heads"], config["ffn"], eps, dropout) for _ in range(config["layers"]))
        for table in (self.word, self.position, self.shape):
            nn.init.normal_(table.weight, std=0.02)
        with torch.no_grad():
            self.shape.weight[0] = 0

    def forward(self, pieces, shapes, mask):
        """pieces, shapes, mask: [batch, length]; mask is True where there is a piece."""
        place = torch.arange(pieces.shape[1])
        x = self.norm(self.word(pieces) + self.position(place) + self.shape(shapes))
        x = F.dropout(x, self.dropout, self.training)
        attend = None if bool(mask.all()) else mask[:, None, None, :]
        for layer in self.layer:
            x = layer(x, attend)
        return x


def round_rows(weight):
    """Rounds each row to int8 times a scale, as the exporter does: (int8 as float, scale)."""
    scale = weight.abs().amax(1).clamp_min(1e-12) / 127
    return torch.round(weight / scale[:, None]).clamp(-127, 127), scale


def pretrained(encoder, path):
    """Loads MiniLM's weights (BERT names) into an Encoder; the token type's vector goes into the positions."""
    from safetensors.torch import load_file
    raw = load_file(path)
    state = encoder.state_dict()
    quantised, scale = round_rows(raw["embeddings.word_embeddings.weight"])
    state["word.weight"] = quantised * scale[:, None]
    state["position.weight"] = raw["embeddings.position_embeddings.weight"] + raw["embeddings.token_type_embeddings.weight"][0]
    for end in ("weight", "bias"):
        state[f"norm.{end}"] = raw[f"embeddings.LayerNorm.{end}"]
        for i in range(len(encoder.layer)):
            old, new = f"encoder.layer.{i}.", f"layer.{i}."
            state[f"{new}qkv.{end}"] = torch.cat([raw[f"{old}attention.self.{x}.{end}"] for x in ("query", "key", "value")])
            state[f"{new}out.{end}"] = raw[f"{old}attention.output.dense.{end}"]
            state[f"{new}norm1.{end}"] = raw[f"{old}attention.output.LayerNorm.{end}"]
            state[f"{new}ffn1.{end}"] = raw[f"{old}intermediate.dense.{end}"]
            state[f"{new}ffn2.{end}"] = raw[f"{old}output.dense.{end}"]
            state[f"{new}norm2.{end}"] = raw[f"{old}output.LayerNorm.{end}"]
    encoder.load_state_dict(state)
